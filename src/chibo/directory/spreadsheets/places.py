"""Where lists come in and go out: a cell's own, what stands under a commune, a whole province."""

from dataclasses import dataclass

from chibo.access.hats import organisation_for
from chibo.access.models import ABOVE_CELLS
from chibo.access.request import Request
from chibo.access.standing import found
from chibo.directory.spreadsheets.workbook import IN_A_REQUEST, OF_A_PROVINCE, Limits
from chibo.directory.views.cell import led_cell
from chibo.orgs.models import Kind, Organisation


@dataclass(frozen=True)
class Place:
    """For whom lists are imported and exported, and the addresses around it."""

    root: Organisation

    @property
    def of_cell(self) -> bool:
        return self.root.kind == Kind.CELL

    @property
    def of_province(self) -> bool:
        return self.root.kind == Kind.PROVINCE

    @property
    def back(self) -> str:
        """Where one comes from."""
        return "/so-chi-bo/dang-vien/" if self.of_cell else "/to-chuc/" if self.of_province else "/chi-bo/"

    @property
    def back_name(self) -> str:
        return "Đảng viên" if self.of_cell else "Tổ chức" if self.of_province else "Chi bộ"

    @property
    def page(self) -> str:
        """Where a file is chosen."""
        return "/so-chi-bo/dang-vien/nhap/" if self.of_cell else "/chi-bo/nhap/"

    @property
    def files(self) -> str:
        """Under which address the forms and the export stand."""
        return "/so-chi-bo/" if self.of_cell else "/chi-bo/"

    @property
    def limits(self) -> Limits:
        """How much one file may hold."""
        return OF_A_PROVINCE if self.of_province else IN_A_REQUEST

    @property
    def megabytes(self) -> int:
        """The largest file."""
        return 25 if self.of_province else 10


def own_cell_place(request: Request) -> Place:
    """One's own cell.

    Raises:
        Http404: the person does not sit on the committee of the cell whose hat is on.
    """
    return Place(led_cell(request))


def upper_place(request: Request) -> Place:
    """The committee whose hat is on, or the province.

    Raises:
        Http404: the person has no office above the cells.
    """
    body = organisation_for(request, lambda hat: hat.role in ABOVE_CELLS)
    # A department acts for the committee that it stands under.
    return Place(found(body.parent) if body.kind == Kind.DEPARTMENT else body)
