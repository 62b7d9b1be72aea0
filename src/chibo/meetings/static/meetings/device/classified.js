/**
 * Finding the markings of classified matter in what is typed, so that it is refused and kept nowhere (mission.md, never
 * hold 10). The twin of chibo.lib.classified, where the rules are explained, and of the words of chibo.look.gate.
 */
const [SECRET, TOP_SECRET, MOST_SECRET, STATE_SECRET] = ["MẬT", "TỐI MẬT", "TUYỆT MẬT", "BÍ MẬT NHÀ NƯỚC"];
export const PLACEHOLDER = "Mục họp kín – ghi sổ giấy, trang …";

const W = "[\\p{L}\\p{N}_]";
const BEGIN = "(^|[^\\p{L}\\p{N}_])";
const END = `(?!${W})`;
const WORTH_A_LOOK = ["mat", "bmnn", "mët", "maät"];
const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufeff]/g;
const SPACED_LETTERS = new RegExp(`${BEGIN}(${W}(?:[ \\u00a0]{1,3}${W}){2,})${END}`, "gu");
const SEGMENT = /[\n\r\t\f\v|;]|[ \u00a0]{3,}/;
const EDGES = " \u00a0.,:;!?*-–—_~=<>[](){}\"'“”‘’«»/\\#•";
/** The same letters in the fonts of before Unicode (TCVN3, VNI). @type {[string, string][]} */
const OLD_FONTS = [
  ["tuyöt mët", MOST_SECRET],
  ["tèi mët", TOP_SECRET],
  ["tuyeät maät", MOST_SECRET],
  ["toái maät", TOP_SECRET],
];
const BEGINS_A_WORD = `(?:độ|ong|mã|khẩu|vụ|thám|thư|báo|đàm|thiết|phục|mía|gấu|hoa|nghị|tông|ngữ|danh|lệnh|ước|hiệu)${END}`;
const PAPER = "(?:tài liệu|văn bản|công văn|báo cáo|kế hoạch|quyết định|tờ trình|hồ sơ|thông báo|chỉ thị|công điện)";
const STATE = "(?:bí mật nhà nước|bmnn)";

/** A pattern that begins with a word; its own groups count from 2. @param {string} pattern @param {string} [flags] */
function words(pattern, flags = "iu") {
  return new RegExp(`${BEGIN}(?:${pattern})`, flags);
}

const COMPOUND = words(`(?:(tuyệt)|tối) mật${END}(?! ${BEGINS_A_WORD})`);
const COMPOUND_BARE = words(`(?:(TUYET)|TOI) MAT${END}|([Tt]uyet) [Mm]at${END}`, "u");
const LEVEL_LINE = words(
  `(?:độ|do) (?:mật|mat)(?: (?:của|cua) (?:${W}| ){1,30})? ?[:–-]+ ?[[("“']?(?:(tuyệt|tuyet)|(tối|toi))? ?(?:mật|mat)${END}`,
);
const IN_BRACKETS = /[[(«]\s*(?:độ |do )?(?:M[ậẬ][tT]|MAT)\s*[\])»]/u;
const STANDS_OUT = new RegExp(`${BEGIN}(\\S+ )?MẬT(?= (\\S+))|${BEGIN}(\\S+ )MẬT$`, "gu");
const SECRET_PAPER = words(`${PAPER} mật(?:,? số)? ?:? ?\\d`);
const STAMPED = words(`(?:đóng|có|mang) dấu (?:độ )?mật${END}(?! ${BEGINS_A_WORD})`);
const OF_THE_STATE = words(
  [
    `${PAPER}(?: này)?(?: (?:có|chứa|mang|thuộc|là))*(?: nội dung| danh mục| phạm vi| loại| độ)* ${STATE}${END}`,
    `${STATE},? (?:thuộc )?(?:độ|mức|cấp|loại)${END}`,
    `thuộc (?:danh mục |phạm vi )?${STATE}${END}(?! của)`,
  ].join("|"),
);
/** Teaching the law says what must not be done with such papers. */
const FORBIDS = words(`(?:không|cấm|chớ|đừng|tránh|hành vi|phòng ngừa|trường hợp|thế nào là|khi nào|nếu)${END}`);
/** @type {Map<string, string>} */
const STAMPS = new Map([
  ["mật", SECRET],
  ["tốimật", TOP_SECRET],
  ["tuyệtmật", MOST_SECRET],
  ["độmật", SECRET],
  ["dấumật", SECRET],
  ["bmnn", STATE_SECRET],
  ["bímậtnhànước", STATE_SECRET],
]);
/** @type {Map<string, string>} */
const STAMPS_BARE = new Map([
  ["MAT", SECRET],
  ["TOIMAT", TOP_SECRET],
  ["TUYETMAT", MOST_SECRET],
  ["Tuyetmat", MOST_SECRET],
]);

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
  const plain = read(text);
  for (const line of segments(plain)) {
    const found = stamp(line) || standingOut(line);
    if (found) return found;
  }
  return IN_BRACKETS.test(plain) ? SECRET : inSentences(plain);
}

/** Lower case, without marks, đ as d. @param {string} text */
function fold(text) {
  return text.toLowerCase().normalize("NFD").replace(/\p{Mn}/gu, "").replace(/đ/g, "d");
}

/** Whether any word that a marking is made of may be there; quick, as every text that is typed comes through.
 * @param {string} text */
function isWorthALook(text) {
  if (!/m/i.test(text)) return false;
  const lowered = text.normalize("NFC").replace(INVISIBLE, "").toLowerCase();
  const bare = fold(lowered).replace(/\s+/g, "");
  return WORTH_A_LOOK.some((one) => bare.indexOf(one) >= 0) || OLD_FONTS.some(([old]) => lowered.indexOf(old) >= 0);
}

/** One Unicode form, no invisible letters, spaced letters together, old fonts read. @param {string} text */
function read(text) {
  let found = text.normalize("NFC").replace(INVISIBLE, "");
  found = found.replace(SPACED_LETTERS, (_, before, letters) => before + joined(letters));
  for (const [old, level] of OLD_FONTS) found = found.replace(new RegExp(old, "giu"), level);
  return found;
}

/** "T U Y Ệ T  M Ậ T" as two words, where two spaces part them. @param {string} letters */
function joined(letters) {
  return letters.split(/[ \u00a0]{2,}/).map((word) => word.replace(/[ \u00a0]/g, "")).join(" ");
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
  const small = line === line.toLowerCase() && line !== line.toUpperCase();
  if (Array.from(line).length > 30 || (small && ["mat", "bmnn"].indexOf(fold(line)) >= 0)) return "";
  const tight = line.replace(/\s+/g, "");
  const first = Array.from(line)[0];
  const isLarge = first !== first.toLowerCase();
  return (isLarge && STAMPS.get(tight.toLowerCase())) || STAMPS_BARE.get(tight) || "";
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

/** What says of a paper that it is classified, unless the sentence says what must not be done. @param {string} text */
function inSentences(text) {
  for (const sentence of text.replace(/([.!?;\n])\s+/g, "$1\u0000").split("\u0000")) {
    const level = LEVEL_LINE.exec(sentence);
    if (level) return level[2] ? MOST_SECRET : level[3] ? TOP_SECRET : SECRET;
    if (SECRET_PAPER.test(sentence)) return SECRET;
    const found = compound(sentence) || allowed(STAMPED, sentence, SECRET) || allowed(OF_THE_STATE, sentence, STATE_SECRET);
    if (found) return found;
    const bare = COMPOUND_BARE.exec(sentence);
    if (bare) return bare[2] || bare[3] ? MOST_SECRET : TOP_SECRET;
  }
  return "";
}

/** @param {string} sentence */
function compound(sentence) {
  const found = COMPOUND.exec(sentence);
  return found === null ? "" : allowed(COMPOUND, sentence, found[2] ? MOST_SECRET : TOP_SECRET);
}

/** The level, unless what stands before forbids it. @param {RegExp} pattern @param {string} sentence @param {string} level */
function allowed(pattern, sentence, level) {
  const found = pattern.exec(sentence);
  return found !== null && !FORBIDS.test(sentence.slice(0, found.index + found[1].length)) ? level : "";
}
