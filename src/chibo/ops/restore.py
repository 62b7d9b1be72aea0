"""Restoring: the old data stand aside until the restored ones are proven whole; one whole copy exists at every moment.

Whatever kills it, the next restore or start brings back what stands aside and begins anew (docs/decisions/0046).
"""

import shutil
from pathlib import Path

from chibo.ops import backup, backup_check, backup_store, machine, recovery_key, tenants
from chibo.ops.backup import DEMO, DUMP, Damaged, Manifest
from chibo.ops.connection import database_settings, tenant_name
from chibo.ops.terminal import CommandError, Report
from chibo.ops.workspace import workspace


def restore(
    file: Path, *, force: bool, broken_chains: bool = False, progress: Report, ask: recovery_key.Ask | None = None
) -> Manifest:
    """Put a backup in the place of the tenant of this process, and bring it to the present version.

    Raises CommandError when the file is no sound backup of this tenant, is of a later version, would replace data
    without `force`, or holds a broken chain without `broken_chains`. Then all is as before.
    """
    tenant = tenant_name()
    with workspace(backup_store.folder()) as folder, tenants.administrator() as connection:
        progress("Kiểm tra tệp sao lưu…")
        manifest = backup.unpack(file, folder, ask=ask)
        backup.check(manifest, folder / DUMP)
        tenants.hold(connection, tenant)
        tenants.bring_back(connection, tenant)
        if not force and tenants.holds_data(connection, tenant):
            raise CommandError(
                f"Đơn vị “{tenant}” đang có số liệu. Thêm --force nếu muốn thay toàn bộ bằng bản sao lưu."
            )
        progress("Khôi phục số liệu…")
        tenants.set_aside(connection, tenant)
        try:
            backup.load(folder)
            tenants.migrate_tenant(tenant, progress=progress)
            progress("Kiểm tra các chuỗi nhật ký…")
            prove(accept=broken_chains)
        except BaseException:
            tenants.bring_back(connection, tenant)
            raise
        # Killed in between, data may lack their mark as fictitious, but real data never bear it.
        machine.demo_mark().unlink(missing_ok=True)
        tenants.replace(connection, tenant)
        if (folder / DEMO).exists():
            shutil.copyfile(folder / DEMO, machine.demo_mark())
    return manifest


def prove(*, accept: bool) -> None:
    """Raise CommandError with the first broken chain of what was restored, unless such are accepted."""
    try:
        backup_check.require_whole_chains(database_settings("owner"))
    except Damaged as error:
        if not accept:
            raise CommandError(
                f"{error}\nSố liệu đang có được giữ nguyên. Vẫn muốn khôi phục bản này: thêm --broken-chains"
            ) from error
