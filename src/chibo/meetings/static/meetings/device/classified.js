/**
 * Finding the markings of classified matter in what is typed, so that it is refused and kept nowhere (mission.md, never
 * hold 10). The twin of chibo.lib.classified, where the rules are explained, and of the words of chibo.look.gate.
 */
import { isWorthALook, plain } from "./plain_letters.js";

const [SECRET, TOP_SECRET, MOST_SECRET, STATE_SECRET] = ["MẬT", "TỐI MẬT", "TUYỆT MẬT", "BÍ MẬT NHÀ NƯỚC"];
export const PLACEHOLDER = "Mục họp kín – ghi sổ giấy, trang …";

const W = "[\\p{L}\\p{N}_]";
const BEGIN = "(^|[^\\p{L}\\p{N}_])";
const END = `(?!${W})`;
const SEGMENT = /[\n\r\t\f\v|;]| {3,}/;
const EDGES = " .,:;!?*-–—~=<>[](){}\"'“”‘’«»/\\#•";
const BEGINS_A_WORD = `(?:độ|ong|mã|khẩu|vụ|thám|thư|báo|đàm|thiết|phục|mía|gấu|hoa|nghị|tông|ngữ|danh|lệnh|ước|hiệu)${END}`;
const PAPER = "(?:tài liệu|văn bản|công văn|báo cáo|kế hoạch|quyết định|tờ trình|hồ sơ|thông báo|chỉ thị|công điện)";
const STATE = "(?:bí mật nhà nước|bmnn)";

/** A pattern that begins with a word; its own groups count from 2. @param {string} pattern @param {string} [flags] */
function words(pattern, flags = "iu") {
  return new RegExp(`${BEGIN}(?:${pattern})`, flags);
}

const COMPOUND = words(`(?:(tuyệt)|tối) mật${END}(?! ${BEGINS_A_WORD})`, "giu");
const COMPOUND_BARE = words(`(?:(TUY[EỆ]T)|T[OỐ]I) MAT${END}|([Tt]uyet) [Mm]at${END}`, "u");
const LEVEL_LINE = words(
  `(?:độ|do) (?:mật|mat)(?: (?:của|cua) (?:${W}| ){1,30})? ?[:=–-]+ ?[[("“']?(?:(tuyệt|tuyet)|(tối|toi))? ?(?:mật|mat)${END}`,
);
const IN_BRACKETS = /[[(«]\s*(?:độ |do )?(?:M[ậẬ][tT]|MAT)\s*[\])»]/u;
const IN_QUOTES = /()["“'‘]\s*MẬT\s*["”'’]/gu;
const STANDS_OUT = new RegExp(`${BEGIN}(\\S+ )?MẬT(?= (\\S+))|${BEGIN}(\\S+ )MẬT$`, "gu");
const SECRET_PAPER = words(`${PAPER} mật(?:,? số)? ?:? ?\\d`);
const STAMPED = words(
  `(?:đóng|có|mang) (?:con )?dấu(?: chữ| đỏ| chỉ)?(?: mức)?(?: độ)? ?:? ?["“'‘([]?mật${END}(?! ${BEGINS_A_WORD})`,
  "giu",
);
const OF_THE_STATE = words(
  [
    `${PAPER}(?: này)?(?: (?:có|chứa|mang|thuộc|là))*(?: nội dung| danh mục| phạm vi| loại| độ)* ${STATE}${END}`,
    `${STATE},? (?:thuộc )?(?:độ|mức|cấp|loại)${END}`,
    `thuộc (?:danh mục |phạm vi )?${STATE}${END}(?! của)`,
  ].join("|"),
  "giu",
);
/** Teaching the law says what must not be done with such papers, or asks what they are. */
const DOING = [
  "(?:soạn|soạn thảo|viết|ghi|đánh máy|lưu|lưu giữ|lưu trữ|giữ|cất|để|mang|đem|đưa|gửi|chuyển|nhận|in|sao|photo|chụp",
  "sao chụp|quay|tải|đăng|đăng tải|phát tán|tiết lộ|lộ|để lộ|làm lộ|làm mất|bỏ quên|cung cấp|trao đổi|phổ biến|đọc",
  "xem|nói|kể|bàn|sử dụng|dùng|mượn|mua bán|hủy|tiêu hủy)",
].join("|");
const NOT = [
  "(?:không|cấm|chớ|đừng|tránh|chưa)(?: (?:được|nên|phép|thể|tự ý|tùy tiện|bao giờ|ai|một ai|mọi|các|hành vi|việc))*",
  `${DOING}(?:(?:,| và| hoặc| hay) ${DOING})*`,
].join(" ");
const ASKS = "(?:hành vi|phòng ngừa|trường hợp|thế nào là|khi nào|nếu|phân biệt|nhận biết)";
const OTHER_THOUGHT = "(?:mà|nhưng|và|rồi|nên|vì|cứ|vẫn|đã|sẽ|thì|song|còn|do|ngoài|trừ)";
const GOVERNS = words(
  `(?:(?:${NOT}|${ASKS})(?: (?!${OTHER_THOUGHT}${END})${W}+){0,8}|(?:không|chưa) có(?: ${W}+){0,3}) ?$`,
);
const NEAR = 200;
const STAMP = new RegExp(
  "^(?:(?:mức|cấp)?độ|(?:đóng)?dấu(?:chỉ)?(?:mức)?(?:độ)?|tàiliệu|vănbản|hồsơ|côngvăn|kếhoạch|độmật)?(?:(tuyệt)|(tối))?mật$",
);
const STAMP_BARE = /^(?:(?:DO|DAU|TAILIEU|VANBAN|HOSO)?(?:(TUYET)|(TOI))?MAT|(Tuyetmat))$/;
const STATE_STAMPS = ["bmnn", "bímậtnhànước", "tàiliệubímậtnhànước"];

/** Why a text is refused and what to do now; "" where it carries no marking.
 * @param {string} text */
export function refusal(text) {
  const marking = markingIn(text);
  if (!marking) return "";
  const mark = marking === STATE_SECRET ? "nhắc đến tài liệu bí mật nhà nước" : `có dấu “${marking}”`;
  const law = "Bí mật nhà nước không được ghi trên máy nối mạng (Luật 117/2025/QH15); Chibo không giữ chữ nào.";
  return `Phần chữ này ${mark}. ${law} Chép vào sổ giấy, ở đây chỉ ghi “${PLACEHOLDER}”.`;
}

/** Why any text inside a payload is refused, "" where none is.
 * @param {any} value @returns {string} */
export function refusalIn(value) {
  if (typeof value === "string") return refusal(value);
  if (value === null || typeof value !== "object") return "";
  return Object.keys(value).reduce((found, key) => found || refusalIn(value[key]), "");
}

/** The level that a text is marked with, "" where it is not.
 * @param {string} text */
export function markingIn(text) {
  if (!isWorthALook(text)) return "";
  const read = plain(text);
  for (const line of segments(read)) {
    const found = stamp(line) || standingOut(line);
    if (found) return found;
  }
  return IN_BRACKETS.test(read) ? SECRET : inSentences(read);
}

/** Lines, and the parts of a line that stand well apart. @param {string} text */
function segments(text) {
  const bare = text.split(SEGMENT).map((segment) => {
    const letters = Array.from(segment);
    while (letters.length && EDGES.indexOf(letters[0]) >= 0) letters.shift();
    while (letters.length && EDGES.indexOf(letters[letters.length - 1]) >= 0) letters.pop();
    return letters.join("");
  });
  return bare.filter(Boolean);
}

/** A line that is nothing but a stamp; "mật" in small letters alone is an answer in a sentence, not a stamp.
 * @param {string} line */
function stamp(line) {
  if (Array.from(line).length > 60) return "";
  const tight = line.replace(/[^\p{L}\p{N}]/gu, "");
  const small = tight.toLowerCase();
  if (tight !== small || Array.from(tight).length > 4) {
    if (STATE_STAMPS.indexOf(small) >= 0) return STATE_SECRET;
    const found = STAMP.exec(small);
    if (found) return level(found[1], found[2]);
  }
  const bare = STAMP_BARE.exec(tight);
  return bare ? level(bare[1] || bare[3], bare[2]) : "";
}

/** @param {string | undefined} most @param {string | undefined} top */
function level(most, top) {
  return most ? MOST_SECRET : top ? TOP_SECRET : SECRET;
}

/** MẬT in capitals among words that are not: "Kế hoạch số 12 MẬT của huyện". @param {string} line */
function standingOut(line) {
  for (let found = STANDS_OUT.exec(line); found !== null; found = STANDS_OUT.exec(line)) {
    const before = (found[2] || found[5] || "").trim();
    if (!isCapitalWord(before) && !isCapitalWord(found[3] || "")) {
      STANDS_OUT.lastIndex = 0;
      return SECRET;
    }
  }
  return "";
}

/** @param {string} word */
function isCapitalWord(word) {
  const letters = Array.from(word).filter((letter) => /\p{L}/u.test(letter));
  return letters.length > 1 && letters.every((letter) => letter !== letter.toLowerCase());
}

/** What says of a paper that it is classified, unless the words before it say what must not be done.
 * @param {string} text */
function inSentences(text) {
  for (const sentence of text.replace(/([.!?;\n])\s+/g, "$1\u0000").split("\u0000")) {
    const line = LEVEL_LINE.exec(sentence);
    if (line) return level(line[2], line[3]);
    if (SECRET_PAPER.test(sentence)) return SECRET;
    const compound = ungoverned(COMPOUND, sentence);
    if (compound) return level(compound[2], "tối");
    if (ungoverned(STAMPED, sentence) || ungoverned(IN_QUOTES, sentence)) return SECRET;
    if (ungoverned(OF_THE_STATE, sentence)) return STATE_SECRET;
    const bare = COMPOUND_BARE.exec(sentence);
    if (bare) return level(bare[2] || bare[3], "tối");
  }
  return "";
}

/** The first place of a pattern where nothing before it forbids it. @param {RegExp} pattern @param {string} sentence */
function ungoverned(pattern, sentence) {
  pattern.lastIndex = 0;
  for (let found = pattern.exec(sentence); found !== null; found = pattern.exec(sentence)) {
    const start = found.index + found[1].length;
    if (!GOVERNS.test(sentence.slice(Math.max(0, start - NEAR), start))) return found;
  }
  return null;
}
