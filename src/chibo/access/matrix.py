"""Who may see what: the table of design.md section 4 as data, read by the code and by the database.

Each table of the database has one line in TABLES: who reads its rows, who writes them. A term is one cell of the
design's table ("the committee", "members on the meeting's roll", "the follower once submitted"). Two renderers turn
terms into conditions: `chibo.access.visible` for the ORM, `chibo.access.policies` for row-level security.
"""

from dataclasses import dataclass
from enum import StrEnum


class Term(StrEnum):
    """One relation between a person and a row, with its condition."""

    OWN = "own"  # the row is about, or written by, oneself
    OWN_HERE = "own_here"  # the same, in a cell that one belongs to, leads or follows, or as a guest of the meeting
    MEMBER = "member"  # of the cell today
    ON_ROLL = "on_roll"  # stood on the meeting's roll; having left the cell: was present, for 30 days
    ON_ROLL_SIGNED = "on_roll_signed"  # the same, once the minutes are signed
    PRESENT = "present"  # was present at the meeting
    COMMITTEE = "committee"  # sits on the cell's committee
    RECEIVING = "receiving"  # sits on the committee of the cell that receives the member
    RECEIVING_FROM_OUTSIDE = "receiving_from_outside"  # the same, where the sending side is not in Chibo
    DUTY = "duty"  # chairs or minutes this meeting
    GUEST = "guest"  # invited to this meeting
    LEFT_PRESENT = "left_present"  # left the cell within 30 days and was present
    FOLLOWER = "follower"  # follows the cell from above
    FOLLOWER_SUBMITTED = "follower_submitted"  # the same, once the minutes are submitted
    COMMUNE = "commune"  # office or staff of the committee above
    COMMUNE_REPORTED = "commune_reported"  # the same, once the resolution is reported
    PROVINCE = "province"  # the province's staff: figures alone
    HANDED_IN = "handed_in"  # committee, chair or clerk, once the author handed it in
    SECTION_READER = "section_reader"  # minutes by the class of each section
    DOCUMENT_READER = "document_reader"  # issued files by their class
    PERSON_READER = "person_reader"  # of the same cell, or holding an office
    PERSON_WRITER = "person_writer"  # whoever keeps a cell's list
    CONTACT_READER = "contact_reader"  # the committee; the cell as the person allows
    CONTACT_WRITER = "contact_writer"
    EVENT_READER = "event_reader"  # of the cell's committee, and of one's own acts
    SIGNED_IN = "signed_in"
    ANYONE = "anyone"  # no secret inside the tenant; writing is guarded
    TREE = "tree"  # an office above the body: of its commune, or of the province for all but cells
    TREE_ACT = "tree_act"  # the same of the body above an act; a cell's committee gives its own cell a name
    INSPECTOR = "inspector"  # the named person of an open inspection door, once the minutes are signed
    DOOR_KEEPER = "door_keeper"  # an officer above the cell, commune or province; never for oneself
    ADDRESSEE = "addressee"  # of the body that it is sent to: the cell's committee, or an office of just this body
    OPERATOR = "operator"  # an administrator's account, whatever it may see
    OPERATOR_OWN = "operator_own"  # a row of one's own account, as an administrator
    STAFF_OWN = "staff_own"  # the same, while a staff session is on
    STAFF_OFFICE = "staff_office"  # a staff session is on, and the office is above the cells
    OVERSIGHT = "oversight"  # holds an office above the cells


@dataclass(frozen=True)
class TableRule:
    """How one table is guarded.

    read, write: any one of the terms suffices. own: the column that holds the person. body: the table has a `body`
    column and rows of the committee's own meetings are for the committee alone. meeting: its meeting column.
    append_only: no update and no delete by the application's role. by_author: whom the row names (`own`) is
    whoever writes it.
    """

    read: tuple[Term, ...]
    write: tuple[Term, ...]
    own: str = "person_id"
    cell: str = "cell_id"
    meeting: str = "meeting_id"
    body: bool = True
    append_only: bool = False
    by_author: bool = False


T = Term
_KEEPERS = (T.COMMITTEE, T.DUTY)
_SCHEDULE = (T.MEMBER, T.LEFT_PRESENT, T.COMMITTEE, T.DUTY, T.GUEST, T.FOLLOWER, T.COMMUNE)
_GATHERING = (*_SCHEDULE, T.INSPECTOR)
_AGENDA = (T.MEMBER, T.COMMITTEE, T.DUTY, T.GUEST, T.FOLLOWER)
_DISCUSSION = (T.ON_ROLL_SIGNED, *_KEEPERS, T.FOLLOWER_SUBMITTED)
_SIGNED = (*_DISCUSSION, T.INSPECTOR)
_TASK = (T.MEMBER, *_KEEPERS, T.FOLLOWER)
_RESOLUTION = (*_TASK, T.COMMUNE_REPORTED)

TABLES: dict[str, TableRule] = {
    # the tree: names of bodies are no secret inside a tenant, and the policies read it
    "orgs_organisation": TableRule((T.ANYONE,), (T.COMMITTEE, T.TREE), cell="id", body=False),
    "orgs_organisationname": TableRule((T.ANYONE,), (T.COMMITTEE, T.TREE), cell="organisation_id", body=False),
    "orgs_organisationcode": TableRule((T.ANYONE,), (T.TREE,), cell="organisation_id", body=False),
    "orgs_organcestor": TableRule((T.ANYONE,), (T.TREE,), cell="descendant_id", body=False),
    "orgs_term": TableRule((T.ANYONE,), (T.COMMITTEE, T.COMMUNE, T.TREE), cell="organisation_id", body=False),
    "orgs_succession": TableRule((T.ANYONE,), (), body=False),
    "orgs_treeact": TableRule((T.SIGNED_IN,), (T.TREE_ACT,), cell="place_id", body=False),
    "orgs_treeactbody": TableRule((T.SIGNED_IN,), (), body=False),
    "orgs_treerecord": TableRule((), (), body=False),
    # lists of members
    "members_person": TableRule((T.OWN, T.PERSON_READER), (T.PERSON_WRITER,), own="id", body=False),
    "members_contact": TableRule((T.OWN, T.CONTACT_READER), (T.OWN, T.CONTACT_WRITER), body=False),
    "members_membership": TableRule(
        (T.OWN, T.MEMBER, T.COMMITTEE, T.FOLLOWER, T.COMMUNE), (T.COMMITTEE, T.COMMUNE), body=False
    ),
    "members_exemption": TableRule((T.OWN, T.MEMBER, T.COMMITTEE, T.FOLLOWER), (T.COMMITTEE,), body=False),
    "members_temporaryleave": TableRule((T.OWN, T.MEMBER, T.COMMITTEE, T.FOLLOWER), (T.COMMITTEE,), body=False),
    "members_suspension": TableRule((T.OWN, T.COMMITTEE), (T.COMMITTEE,), body=False),
    "members_unitpost": TableRule((T.OWN, T.MEMBER, T.COMMITTEE, T.FOLLOWER, T.COMMUNE), (T.COMMITTEE,), body=False),
    "members_probationdecision": TableRule((T.OWN, T.COMMITTEE), (T.COMMITTEE,), body=False),
    "members_departure": TableRule((T.OWN, T.COMMITTEE), (T.COMMITTEE,), body=False),
    "members_formerdetails": TableRule((T.OWN, T.COMMITTEE), (T.COMMITTEE,), body=False),
    "members_partygroup": TableRule((T.MEMBER, T.COMMITTEE, T.FOLLOWER), (T.COMMITTEE,), own="id", body=False),
    "members_groupmember": TableRule((T.OWN, T.MEMBER, T.COMMITTEE, T.FOLLOWER), (T.COMMITTEE,), body=False),
    # both committees and the person; the receiving one settles through members_settle_transfer alone
    "members_transfer": TableRule(
        (T.OWN, T.COMMITTEE, T.RECEIVING), (T.COMMITTEE, T.RECEIVING_FROM_OUTSIDE), cell="from_cell_id", body=False
    ),
    # keys of other tenants, compared by people; noted by an office above the cells
    "members_knowntenant": TableRule(
        (T.SIGNED_IN,), (T.COMMUNE, T.PROVINCE), cell="organisation_id", own="id", body=False
    ),
    # who holds an office is known to all inside, and the policies read it; given by the committee, or from above
    "access_termofoffice": TableRule(
        (T.SIGNED_IN, T.STAFF_OFFICE), (T.COMMITTEE, T.COMMUNE, T.STAFF_OFFICE), cell="organisation_id", body=False
    ),
    # the inspection door: both sides see it. Staff sessions: the committees above see them
    "access_inspectiondoor": TableRule((T.OWN, T.COMMITTEE, T.COMMUNE, T.PROVINCE), (T.DOOR_KEEPER,)),
    "access_staffsession": TableRule((T.STAFF_OWN, T.OVERSIGHT), (T.OPERATOR_OWN,), own="account_id", body=False),
    # audit
    "audit_event": TableRule(
        (T.EVENT_READER,), (T.SIGNED_IN, T.OPERATOR), own="actor_id", body=False, append_only=True, by_author=True
    ),
    "audit_reading": TableRule((T.OWN, T.COMMITTEE), (T.OWN,), body=False, append_only=True),
    # schedule and agenda
    "meetings_meeting": TableRule(_GATHERING, _KEEPERS, meeting="id"),
    "meetings_part": TableRule(_GATHERING, _KEEPERS),
    "meetings_postponement": TableRule(_SCHEDULE, (T.COMMITTEE,)),
    "meetings_agendaitem": TableRule(_AGENDA, _KEEPERS),
    "meetings_question": TableRule(_AGENDA, _KEEPERS),
    "meetings_paper": TableRule(_AGENDA, _KEEPERS),
    "meetings_announcement": TableRule(_AGENDA, (T.COMMITTEE,)),
    "meetings_posting": TableRule(_AGENDA, _KEEPERS),
    "meetings_consultation": TableRule((T.COMMITTEE,), (T.COMMITTEE,)),
    "meetings_invitee": TableRule((T.OWN, *_KEEPERS), (T.OWN_HERE, *_KEEPERS)),
    "meetings_opinion": TableRule((T.OWN, T.HANDED_IN), (T.OWN_HERE,), own="author_id"),
    # the meeting itself
    "meetings_entry": TableRule(_KEEPERS, (*_KEEPERS, T.ON_ROLL), own="author_id", append_only=True, by_author=True),
    "meetings_attendance": TableRule((T.OWN, *_KEEPERS), _KEEPERS),
    "meetings_checkin": TableRule(_KEEPERS, _KEEPERS),
    # a keeper's own machine; what came too late is for chair and clerk, who alone can make a correction of it
    "meetings_roomdevice": TableRule((T.OWN, *_KEEPERS), _KEEPERS),
    "meetings_setaside": TableRule((T.DUTY,), (T.DUTY,), own="author_id"),
    "meetings_guest": TableRule(_KEEPERS, _KEEPERS),
    "meetings_remark": TableRule(_KEEPERS, _KEEPERS),
    "meetings_vote": TableRule(_DISCUSSION, _KEEPERS),
    # minutes
    "meetings_minutes": TableRule(_SIGNED, _KEEPERS),
    "meetings_minutessection": TableRule((*_KEEPERS, T.SECTION_READER), _KEEPERS),
    "meetings_signature": TableRule(_SIGNED, _KEEPERS),
    # of the class of what it corrects, as its section is read
    "meetings_annotation": TableRule((*_KEEPERS, T.SECTION_READER), _KEEPERS),
    "meetings_digestlist": TableRule(_KEEPERS, _KEEPERS),
    # the cell's own score with its reasons: the cell, its follower, the committee above once it is reported
    "meetings_rating": TableRule(_RESOLUTION, _KEEPERS),
    # resolutions and tasks
    "resolutions_resolution": TableRule((*_RESOLUTION, T.INSPECTOR), _KEEPERS),
    # what chi ủy brings along, for those who prepare and hold the meeting; members get the paper with the notice
    "resolutions_draftedresolution": TableRule(_KEEPERS, _KEEPERS),
    "resolutions_draftedtask": TableRule(_KEEPERS, _KEEPERS),
    "resolutions_task": TableRule(_RESOLUTION, _KEEPERS),
    "resolutions_taskhelper": TableRule(_TASK, _KEEPERS),
    "resolutions_milestone": TableRule(_TASK, _KEEPERS),
    "resolutions_progress": TableRule(_TASK, (*_KEEPERS, T.MEMBER), own="by_id"),
    "resolutions_reminder": TableRule((*_KEEPERS, T.OWN), (T.COMMITTEE,)),
    "resolutions_review": TableRule(_TASK, _KEEPERS),
    "resolutions_meetingfigures": TableRule((*_TASK, T.COMMUNE, T.PROVINCE), _KEEPERS),
    # lists on their way in are whoever's chose the file; the export of a whole cell is answered without its content
    "directory_importrun": TableRule((T.OWN,), (T.OWN,), body=False),
    "directory_importpiece": TableRule((T.OWN,), (T.OWN,), body=False),
    "directory_columnmatching": TableRule((T.OWN,), (T.OWN,), body=False),
    "directory_cellexport": TableRule(
        (T.OWN, T.COMMITTEE, T.COMMUNE), (T.COMMITTEE, T.COMMUNE), own="asked_by_id", body=False
    ),
    # both sides see it, and whose account or right it is; written through the commands alone, as the system
    "directory_twopersonact": TableRule((T.OWN, T.COMMITTEE, T.COMMUNE, T.PROVINCE), (), cell="place_id", body=False),
    "audit_readcount": TableRule((T.OWN,), (T.OWN,), body=False),
    # requests about one's own data are the person's and the answering body's; breaches the administrator's and the
    # province's
    "privacy_datarequest": TableRule((T.OWN, T.ADDRESSEE), (T.OWN, T.ADDRESSEE), cell="answerer_id", body=False),
    "privacy_breachentry": TableRule(
        (T.PROVINCE, T.OPERATOR), (T.PROVINCE, T.OPERATOR), cell="organisation_id", body=False, append_only=True
    ),
    # files
    "documents_issueddocument": TableRule((*_KEEPERS, T.DOCUMENT_READER), _KEEPERS),
}

# Tables that are read without a scope, each with the reason.
OPEN: dict[str, str] = {
    "access_meetingduty": "ids only; the standing is computed from it before a scope exists",
    "access_sealkey": "the owner's alone: the application may not even read it",
    "accounts_user": "read at sign-in, before anyone is known",
    "accounts_invitation": "digests only; read before anyone is known",
    "accounts_failedsignin": "digests and addresses; written before anyone is known",
    "accounts_device": "which browsers an account is signed in on; written at sign-in, read by its own account alone",
    "accounts_accountreset": "ids and dates; read at sign-in, to tell the account's owner",
    "api_accesstoken": "digests only; read before anyone is known",
    "mfa_authenticator": "read between password and sign-in, before anyone is known; its secrets are encrypted",
    "socialaccount_socialaccount": "which account a province's sign-in stands for; read before anyone is known",
    "socialaccount_socialapp": "allauth's own, unused: the province's sign-in is configured on the machine",
    "socialaccount_socialtoken": "allauth's own, unused: no token is kept",
    "account_emailaddress": "allauth's own, unused: no e-mail",
    "account_emailconfirmation": "allauth's own, unused: no e-mail",
    "rules_rule": "public rules with their sources",
    "rules_holiday": "public holidays with their sources",
    "meetings_node": "which machines serve the site: a digest and a time; written before anyone is known",
    "documents_numberseries": "the next number of a kind of document, no content",
    "audit_chainhead": "hashes only; every writer needs the head of its chain",
    "audit_checkpoint": "hashes only",
    "audit_sealedplace": "places of chains only; whoever seals moves them on",
    "django_session": "read before anyone is known; random keys",
    "django_content_type": "Django's own",
    "django_migrations": "Django's own",
    "procrastinate_jobs": "the queue: names of jobs with ids and days, no content; a worker takes from it as nobody",
    "procrastinate_events": "as the queue",
    "procrastinate_periodic_defers": "as the queue",
    "procrastinate_workers": "heartbeats",
    "ops_jobrun": "what came of jobs: times, numbers and the kind of an error, no content",
    "auth_permission": "Django's own, unused",
    "auth_group": "Django's own, unused",
    "auth_group_permissions": "Django's own, unused",
}

# Who writes those of them from which rights, numbers and proofs come; the others are written before anyone is known.
GUARDED: dict[str, TableRule] = {
    "access_meetingduty": TableRule((T.ANYONE,), _KEEPERS, body=False),
    "rules_rule": TableRule((T.ANYONE,), (T.COMMUNE, T.PROVINCE), cell="scope_organisation_id", body=False),
    "rules_holiday": TableRule((T.ANYONE,), (T.COMMUNE, T.PROVINCE), cell="scope_organisation_id", body=False),
    "documents_numberseries": TableRule((T.ANYONE,), (T.SIGNED_IN,), body=False),
    "audit_chainhead": TableRule((T.ANYONE,), (T.SIGNED_IN, T.OPERATOR), body=False),
    "audit_checkpoint": TableRule((T.ANYONE,), (), body=False, append_only=True),
    "audit_sealedplace": TableRule((T.ANYONE,), (), body=False),
}
