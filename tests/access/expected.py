"""The table of design.md section 4, written out by hand: each specimen of `world` and everyone who may read it.

Whoever is not named may not. Nothing here is computed from the matrix that it tests.
"""

COMMITTEE = {"lan", "hung", "quyen"}
# Belong to the cell today; the exempt and the one away as any member, the temporary arrival too.
MEMBERS = COMMITTEE | {"tam", "binh", "mai", "tu", "son", "vinh"}
FOLLOWER = {"khanh"}
COMMUNE = {"dung", "hoa"}
PROVINCE = {"thu"}
ELSEWHERE = {"phuc", "former", "left"}
INSPECTOR = {"inspector"}  # the door of the signed meeting is open, that of the submitted one closed early
STAFF = {"staff"}  # the administrator while a staff session is on
CLERK = {"tam"}  # of the coming meeting alone
LEFT = {"left"}  # moved ten days ago; was present at the meetings held
# Stood on the roll of the meetings held a month ago (the suspended one sees nothing).
ON_ROLL = MEMBERS | LEFT
PRESENT = {"lan", "hung", "quyen", "tam", "binh", "mai", "son", "left"}
EVERYONE_SIGNED_IN = MEMBERS | FOLLOWER | COMMUNE | PROVINCE | ELSEWHERE | INSPECTOR
NOBODY: set[str] = set()
ANYONE = EVERYONE_SIGNED_IN | {"suspended", "operator", "staff", "anonymous"}  # no secret inside the tenant

# Never anything: the suspended, the IT officer, whoever is not signed in.
ALWAYS_NOTHING = {"suspended", "operator", "anonymous"}

EXPECTED: dict[str, set[str]] = {
    # the tree: names, codes, places and terms of bodies; who came after whom
    "organisation": ANYONE,
    "organisation name": ANYONE,
    "organisation code": ANYONE,
    "ancestor": ANYONE,
    "term of the cell": ANYONE,
    "succession": ANYONE,
    "act on the tree": EVERYONE_SIGNED_IN,
    "body of an act": EVERYONE_SIGNED_IN,
    "record of an act": NOBODY,
    # member list, contact data
    "person binh": MEMBERS | FOLLOWER | COMMUNE,
    "person lan": EVERYONE_SIGNED_IN,  # holds an office
    "membership binh": MEMBERS | FOLLOWER | COMMUNE,
    "contact binh": COMMITTEE | {"binh"},
    "contact hung shared": MEMBERS,
    "exemption tu": MEMBERS | FOLLOWER,
    "leave vinh": MEMBERS | FOLLOWER,
    "suspension": COMMITTEE,
    "post mai": MEMBERS | FOLLOWER | COMMUNE,
    "probation decision mai": COMMITTEE | {"mai"},
    "departure": COMMITTEE | {"left"},
    "former details binh": COMMITTEE | {"binh"},
    "group": MEMBERS | FOLLOWER,
    "group member binh": MEMBERS | FOLLOWER,
    "transfer binh": COMMITTEE | {"binh", "phuc"},  # Phúc leads the cell that receives
    "transfer from elsewhere": {"son", "phuc"},
    "known tenant": EVERYONE_SIGNED_IN,
    "office lan": EVERYONE_SIGNED_IN,
    "person dung": EVERYONE_SIGNED_IN | STAFF,  # holds an office above the cells
    "office dung": EVERYONE_SIGNED_IN | STAFF,
    # the inspection door: both sides see it, and who is let in
    "door open": COMMITTEE | COMMUNE | PROVINCE | INSPECTOR,
    "door closed": COMMITTEE | COMMUNE | PROVINCE | INSPECTOR,
    "person inspector": COMMITTEE | COMMUNE | PROVINCE | INSPECTOR,
    "staff session": COMMUNE | PROVINCE | STAFF,
    # lists on their way in: whose file it is; the export of a whole cell: both who may answer it
    "import run lan": {"lan"},
    "import piece lan": {"lan"},
    "matching lan": {"lan"},
    "cell export lan": COMMITTEE | COMMUNE,
    "act of two": COMMITTEE | COMMUNE | PROVINCE,
    "files taken by binh": {"binh"},
    # audit events
    "event by binh": COMMITTEE | {"binh"},
    "event by khanh": COMMITTEE | {"khanh"},
    "reading by dung": COMMITTEE | {"dung"},
    # schedule, kinds, titles
    "coming meeting": MEMBERS | FOLLOWER | COMMUNE,
    "coming part": MEMBERS | FOLLOWER | COMMUNE,
    "coming postponement": MEMBERS | FOLLOWER | COMMUNE,
    "unsigned meeting": ON_ROLL | FOLLOWER | COMMUNE,
    "signed meeting": ON_ROLL | FOLLOWER | COMMUNE | INSPECTOR,
    "submitted meeting": ON_ROLL | FOLLOWER | COMMUNE,
    # agenda, questions, papers
    "coming item": MEMBERS | FOLLOWER,
    "coming question": MEMBERS | FOLLOWER,
    "coming paper": MEMBERS | FOLLOWER,
    "coming announcement": MEMBERS | FOLLOWER,
    "coming posting": MEMBERS | FOLLOWER,
    "coming document agenda": MEMBERS | FOLLOWER,
    "coming consultation": COMMITTEE,
    "coming drafted resolution": COMMITTEE | CLERK,
    "coming drafted task": COMMITTEE | CLERK,
    "coming invitee binh": COMMITTEE | CLERK | {"binh"},
    # prepared opinion
    "coming opinion draft binh": {"binh"},
    "coming opinion handed in binh": COMMITTEE | CLERK | {"binh"},
    # the room
    "coming entry": COMMITTEE | CLERK,
    "coming device tam": COMMITTEE | CLERK,
    "coming set aside": CLERK | {"lan"},  # who chairs it
    "coming guest": COMMITTEE | CLERK,
    "coming check-in": COMMITTEE | CLERK,
    "coming remark": COMMITTEE | CLERK,
    # attendance by name: others read it in the minutes
    "unsigned attendance binh": COMMITTEE | {"binh"},
    "signed attendance binh": COMMITTEE | {"binh"},
    "submitted attendance binh": COMMITTEE | {"binh"},
    # discussion, minutes: before signing with those who keep them
    "unsigned vote": COMMITTEE,
    "unsigned minutes": COMMITTEE,
    "unsigned section discussion": COMMITTEE,
    "unsigned section self_criticism": COMMITTEE,
    "unsigned signature": COMMITTEE,
    "unsigned annotation discussion": COMMITTEE,
    "unsigned annotation self_criticism": COMMITTEE,
    # signed: those who were members then
    "signed vote": ON_ROLL,
    "signed minutes": ON_ROLL | INSPECTOR,
    "signed section discussion": ON_ROLL | INSPECTOR,
    "signed document discussion": ON_ROLL | INSPECTOR,
    "signed signature": ON_ROLL | INSPECTOR,
    "signed annotation discussion": ON_ROLL | INSPECTOR,
    # submitted: the follower too, without closed sections
    "submitted vote": ON_ROLL | FOLLOWER,
    "submitted minutes": ON_ROLL | FOLLOWER,
    "submitted section discussion": ON_ROLL | FOLLOWER,
    "submitted document discussion": ON_ROLL | FOLLOWER,
    "submitted signature": ON_ROLL | FOLLOWER,
    "submitted annotation discussion": ON_ROLL | FOLLOWER,
    # the self-criticism section
    "signed section self_criticism": PRESENT,
    "signed annotation self_criticism": PRESENT,
    "signed document self_criticism": PRESENT,
    "submitted section self_criticism": PRESENT,
    "submitted annotation self_criticism": PRESENT,
    "submitted document self_criticism": PRESENT,
    # digests over what was signed, and counts that were signed for reports
    **{f"{state} section figures": COMMITTEE for state in ("unsigned", "signed", "submitted", "committee")},
    **{f"{state} digests": COMMITTEE for state in ("unsigned", "signed", "submitted", "committee")},
    # a document is issued at signing; before, only its keepers could have one
    "unsigned document discussion": ON_ROLL,
    "unsigned document self_criticism": PRESENT,
    # resolution, conclusion, tasks
    "unsigned resolution": MEMBERS | FOLLOWER,
    "signed resolution": MEMBERS | FOLLOWER | INSPECTOR,
    "submitted resolution": MEMBERS | FOLLOWER | COMMUNE,
    "unsigned document resolution": MEMBERS | FOLLOWER,
    "signed document resolution": MEMBERS | FOLLOWER | INSPECTOR,
    "submitted document resolution": MEMBERS | FOLLOWER | COMMUNE,
    "unsigned task": MEMBERS | FOLLOWER,
    "signed task": MEMBERS | FOLLOWER,
    "submitted task": MEMBERS | FOLLOWER | COMMUNE,
    **{
        f"{state} {row}": MEMBERS | FOLLOWER
        for state in ("unsigned", "signed", "submitted")
        for row in ("helper", "milestone", "progress", "review")
    },
    **{f"{state} reminder binh": COMMITTEE | {"binh"} for state in ("unsigned", "signed", "submitted")},
    # rating, points and reasons: the cell, its follower, the committee above once it is reported
    "signed rating": MEMBERS | FOLLOWER,
    "submitted rating": MEMBERS | FOLLOWER | COMMUNE,
    # figures
    **{f"{state} figures": MEMBERS | FOLLOWER | COMMUNE | PROVINCE for state in ("unsigned", "signed", "submitted")},
    # chi ủy meetings, submitted or reported or not. What names a person shows that person one's own rows.
    "committee meeting": COMMITTEE,
    "committee item": COMMITTEE,
    "committee vote": COMMITTEE,
    "committee minutes": COMMITTEE,
    "committee section discussion": COMMITTEE,
    "committee section self_criticism": COMMITTEE,
    "committee document discussion": COMMITTEE,
    "committee document self_criticism": COMMITTEE,
    "committee document resolution": COMMITTEE,
    "committee signature": COMMITTEE,
    "committee annotation discussion": COMMITTEE,
    "committee annotation self_criticism": COMMITTEE,
    "committee resolution": COMMITTEE,
    "committee task": COMMITTEE,
    "committee helper": COMMITTEE,
    "committee milestone": COMMITTEE,
    "committee progress": COMMITTEE,
    "committee review": COMMITTEE,
    "committee reminder binh": COMMITTEE | {"binh"},
    "committee figures": COMMITTEE,
    # requests about one's own data: the body that answers; of a secretary the committee above
    "data request of binh": COMMITTEE | {"binh"},
    "data request of lan": COMMUNE | {"lan"},
    # breaches: the province's officer and the administrator
    "breach": PROVINCE | {"operator", "staff"},
}
