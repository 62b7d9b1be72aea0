"""The ops app."""

from django.apps import AppConfig


class OpsConfig(AppConfig):
    """Registers the ops app under its short label."""

    name = "chibo.ops"
    label = "ops"

    def ready(self) -> None:
        """Let every app declare its jobs; say what the events of the IT officer's acts mean."""
        from django.utils.module_loading import autodiscover_modules

        from chibo.audit import sentences
        from chibo.ops.protection import backup_facts
        from chibo.privacy.dossier import facts

        facts.MACHINE.append(backup_facts)
        autodiscover_modules("tasks")
        sentences.register(
            {
                "account.switched_off": "khóa tài khoản[ của {person}], theo quyền quản trị máy",
                "account.switched_on": "mở lại tài khoản[ của {person}], theo quyền quản trị máy",
                "account.signed_out": "đăng xuất[ {number}] thiết bị[ của {person}], theo quyền quản trị máy",
            }
        )
