"""Office files (DOCX, XLSX, PPTX): every part is on a list, is read by what reads its kind, and is counted."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePath

from chibo.lib.files import allowed, limits, photo, xml_part
from chibo.lib.files.paper import Read, first_marking
from chibo.lib.files.refusal import Refusal

_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
_END, _END_SIZE = b"PK\x05\x06", 22
_TYPES = "[Content_Types].xml"
_PAGE_HEADER = re.compile(r"&(?:[LCR]|\"[^\"]*\"|\d+|[BIUESXY])")
_SVG_ACTS = re.compile(
    rb"<\s*(?:\w+:)?(?:script|foreignObject)|\son\w+\s*=|javascript:|(?:href|src)\s*=\s*[\"'](?!#|data:image/)",
    re.IGNORECASE,
)
PDF_INSTEAD = "Lưu thành PDF rồi chọn lại."


def read(name: str, content: bytes) -> Read:
    """An Office file as it is kept: the very same where its pictures tell nothing.

    Raises:
        Refusal: broken, locked, of another kind than its name says, or with a part that is not on the lists.
    """
    return _read(name, PurePath(name).suffix.lower(), content, depth=1)


def _read(name: str, ending: str, content: bytes, depth: int) -> Read:
    """An Office file, or one inside it; refusals name the one that a person chose."""
    package = _Package(name, ending, depth, _unpacked(name, content))
    package.check()
    names = [PurePath(path).name for path in package.parts]
    return Read(allowed.MEDIA_TYPES[ending], lambda: package.written(content), package.words(), names)


@dataclass
class _Package:
    """The parts of one file."""

    name: str
    ending: str
    depth: int
    parts: dict[str, bytes]
    stripped: dict[str, bytes] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)

    def check(self) -> None:
        """Hold every part and every relationship against the lists."""
        self.types = self._types()
        mains = {one for one in self.types.values() if one.endswith(".main+xml")}
        if mains != {f"application/vnd.openxmlformats-officedocument.{allowed.MAIN[self.ending]}+xml"}:
            macro = any(allowed.words_for(one) == allowed.MACRO_WORDS for one in mains)
            raise self._has(allowed.MACRO_WORDS) if macro else self._other_kind()
        for path, kind in self.types.items():
            self._check_part(path, kind)

    def _types(self) -> dict[str, str]:
        """What each part says that it is."""
        declared = self._part(_TYPES).types
        by_path = {one["PartName"].lstrip("/").lower(): one["ContentType"] for one in declared if "PartName" in one}
        by_ending = {one["Extension"].lower(): one["ContentType"] for one in declared if "Extension" in one}
        found = {}
        for path in self.parts:
            if path != _TYPES and not path.endswith("/"):
                kind = by_path.get(path.lower()) or by_ending.get(PurePath(path).suffix[1:].lower(), "")
                if path.lower().endswith(".rels"):
                    kind = "application/vnd.openxmlformats-package.relationships+xml"
                found[path] = kind
        return found

    def _check_part(self, path: str, kind: str) -> None:
        if path.lower().endswith(".rels"):
            self._check_relationships(path)
        elif self.parts[path].startswith(_OLD_OR_LOCKED):
            raise self._has(allowed.OBJECT_WORDS)
        elif kind in allowed.PICTURES:
            self._check_picture(path, kind)
        elif kind not in allowed.XML | allowed.PACKAGES.keys() | allowed.BINARY and not kind.endswith(".main+xml"):
            raise self._has(allowed.words_for(kind))

    def _check_relationships(self, path: str) -> None:
        for one in self._part(path).relationships:
            kind, target = one.get("Type", ""), one.get("Target", "")
            if one.get("TargetMode", "").lower() == "external" or allowed.leads_out(target):
                if not allowed.may_lead_out(kind, target):
                    raise self._has("chỗ lấy nội dung hoặc trỏ tới tệp ở nơi khác")
            elif not allowed.may_relate(kind):
                raise self._has(allowed.words_for(kind))

    def _check_picture(self, path: str, kind: str) -> None:
        content = self.parts[path]
        if "svg" in kind:
            if _SVG_ACTS.search(content) or b"<!DOCTYPE" in content[:2000] or b"<!ENTITY" in content:
                raise self._has("hình vẽ có lệnh hoặc lấy nội dung từ nơi khác")
            return
        try:
            new = photo.stripped(content)
        except (photo.Metadata, struct.error) as error:
            raise self._has("ảnh ghi nơi chụp, máy chụp") from error
        if new != content:
            self.stripped[path] = new

    def words(self) -> Iterator[str]:
        """The words of every part, properties too; of files inside, theirs."""
        for path, kind in self.types.items():
            if kind in allowed.PACKAGES:
                yield from self._inner(path, allowed.PACKAGES[kind])
            elif kind in allowed.PICTURES and "svg" not in kind:
                continue
            elif kind in allowed.BINARY:
                yield self.parts[path].decode("utf-8", errors="ignore") if kind == "application/binary" else ""
            else:
                loose = path.startswith(("docProps/", "customXml/")) or "svg" in kind
                # Excel's own drawings of comments are not always well-formed.
                lenient = kind.endswith("vmlDrawing")
                for text in xml_part.lines_of(self._part(path, every_element=loose, lenient=lenient)):
                    yield _PAGE_HEADER.sub("\n", text)

    def _inner(self, path: str, ending: str) -> Iterator[str]:
        """A file inside; its marking stands for its words."""
        if self.depth >= limits.DEPTH:
            raise self._has("tệp gắn trong tệp gắn")
        inner = _read(self.name, ending, self.parts[path], self.depth + 1)
        yield first_marking(inner) or ""
        new = inner.content()
        if new is not None:
            self.stripped[path] = new

    def written(self, content: bytes) -> bytes | None:
        """The file with its pictures stripped, None where nothing had to be."""
        if not self.stripped:
            return None
        if any("digital-signature" in kind for kind in self.types.values()):
            raise Refusal(
                f"Tệp “{self.name}” có chữ ký số và có ảnh ghi nơi chụp, máy chụp; xóa dấu ấy thì mất chữ ký."
                f" {PDF_INSTEAD}"
            )
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
            for info in old.infolist():
                how = zipfile.ZIP_STORED if info.filename in self.stripped else zipfile.ZIP_DEFLATED
                entry = zipfile.ZipInfo(info.filename, (1980, 1, 1, 0, 0, 0))
                new.writestr(entry, self.stripped.get(info.filename, self.parts[info.filename]), how)
        return out.getvalue()

    def _part(self, path: str, *, every_element: bool = False, lenient: bool = False) -> xml_part.Part:
        try:
            return xml_part.part_of(self.parts[path], every_element=every_element, lenient=lenient)
        except xml_part.Outside as error:
            raise self._has("chỗ lấy nội dung hoặc chạy lệnh ở nơi khác") from error
        except (xml_part.Broken, KeyError) as error:
            raise broken(self.name) from error

    def _has(self, what: str) -> Refusal:
        return Refusal(f"Tệp “{self.name}” có {what}. {PDF_INSTEAD}")

    def _other_kind(self) -> Refusal:
        kind = self.ending[1:].upper()
        return Refusal(f"Tệp “{self.name}” không phải tệp {kind}. Mở trên máy rồi lưu lại đúng loại.")


def broken(name: str) -> Refusal:
    """What cannot be opened."""
    return Refusal(f"Không mở được tệp “{name}”. Mở trên máy rồi lưu lại, hoặc lưu thành PDF.")


def _unpacked(name: str, content: bytes) -> dict[str, bytes]:
    """Every part by its path.

    Raises:
        Refusal: locked, broken, more than one kind of file at once, or more than the limits allow.
    """
    if content.startswith(_OLD_OR_LOCKED):
        raise Refusal(f"Tệp “{name}” có mật khẩu hoặc là loại cũ. Bỏ mật khẩu, lưu lại đúng loại rồi chọn lại.")
    # Something before the first part or behind the last makes it another kind of file too.
    if not content.startswith(b"PK\x03\x04") or content[-_END_SIZE : -_END_SIZE + 4] != _END:
        raise broken(name)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            paths = {one.filename.lower() for one in entries}
            if len(entries) > limits.PARTS or sum(one.file_size for one in entries) > limits.UNPACKED_BYTES:
                raise Refusal(f"Tệp “{name}” bung ra quá lớn. Lưu thành PDF rồi chọn lại, hoặc chia thành nhiều tệp.")
            if len(paths) < len(entries) or any(_is_odd(one) for one in entries):
                raise broken(name)
            return {one.filename: archive.read(one) for one in entries}
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, NotImplementedError, EOFError) as error:
        if isinstance(error, Refusal):
            raise
        raise broken(name) from error


def _is_odd(entry: zipfile.ZipInfo) -> bool:
    """Locked, packed in a way that Office does not, or with a path that leads elsewhere."""
    path = entry.filename
    known = entry.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    return bool(entry.flag_bits & 1) or not known or path.startswith("/") or ".." in path.split("/") or "\\" in path
