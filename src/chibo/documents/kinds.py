"""Types of Party papers, their symbols, and which a cell may issue."""

from enum import Enum, StrEnum


class MayNotIssue(ValueError):
    """A cell has no authority to issue this type; the message says so in Vietnamese."""


class Body(StrEnum):
    """Who issues a paper: the cell's meeting or its committee. Each numbers its papers apart."""

    CELL = "cell"
    COMMITTEE = "committee"

    @property
    def symbol(self) -> str:
        """The end of a paper's symbol: CB (Hướng dẫn 05-HD/VPTW [S]); for a committee CU, which is recalled [R]."""
        return "CB" if self is Body.CELL else "CU"


class DocumentType(Enum):
    """A type of paper: its key, its symbol, its name, and whether a cell may issue it.

    Quyết định and quy định share a symbol, so the key and not the symbol names the type.
    Source: Quy định 399-QĐ/TW, Điều 11 and 13, and Hướng dẫn 05-HD/VPTW, in circulating copies [S]; the symbol of
    giấy mời is not fixed there.
    """

    RESOLUTION = ("resolution", "NQ", "Nghị quyết", True)
    DECISION = ("decision", "QĐ", "Quyết định", True)
    CONCLUSION = ("conclusion", "KL", "Kết luận", True)
    WORKING_RULES = ("working-rules", "QC", "Quy chế", True)
    ANNOUNCEMENT = ("announcement", "TB", "Thông báo", True)
    REPORT = ("report", "BC", "Báo cáo", True)
    PLAN = ("plan", "KH", "Kế hoạch", True)
    PROGRAMME = ("programme", "CTr", "Chương trình", True)
    PROJECT = ("project", "ĐA", "Đề án", True)
    OPTION = ("option", "PA", "Phương án", True)
    SUBMISSION = ("submission", "TTr", "Tờ trình", True)
    LETTER = ("letter", "CV", "Công văn", True)
    MINUTES = ("minutes", "BB", "Biên bản", True)
    INVITATION = ("invitation", "GM", "Giấy mời", True)
    REGULATION = ("regulation", "QĐ", "Quy định", False)
    GUIDANCE = ("guidance", "HD", "Hướng dẫn", False)
    DIRECTIVE = ("directive", "CT", "Chỉ thị", False)
    CIRCULAR = ("circular", "TT", "Thông tri", False)

    def __init__(self, key: str, letters: str, title: str, cell_may_issue: bool) -> None:
        self.key = key
        self.letters = letters
        self.title = title
        self.cell_may_issue = cell_may_issue

    @classmethod
    def of(cls, key: str) -> "DocumentType":
        """Find a type by its key.

        Raises:
            ValueError: there is no such type.
        """
        for kind in cls:
            if kind.key == key:
                return kind
        raise ValueError(f"no document type {key!r}")

    def symbol(self, body: Body = Body.CELL) -> str:
        """Return the symbol that follows a paper's number, such as NQ/CB.

        Raises:
            MayNotIssue: neither a cell nor its committee issues this type (Quy định 399-QĐ/TW, Điều 11 and 13 [S]).
        """
        if not self.cell_may_issue:
            raise MayNotIssue(f"Chi bộ không ban hành {self.title.lower()}. Chọn loại văn bản khác.")
        return f"{self.letters}/{body.symbol}"


CELL_TYPES = tuple(kind for kind in DocumentType if kind.cell_may_issue)
