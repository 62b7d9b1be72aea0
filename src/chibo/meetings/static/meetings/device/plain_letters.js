/**
 * A text as a reader sees it, in one plain form: for finding words in it, never for keeping. The twin of
 * chibo.lib.plain_letters, where the rules are explained.
 */
const WORTH_A_LOOK = ["mat", "bmnn", "mët", "maät", "maatj", "maajt", "ma65t", "ma6t5"];
const INVISIBLE = new RegExp(
  "[\\u00ad\\u034f\\u0334-\\u0338\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200f\\u202a-\\u202e" +
    "\\u2060-\\u206f\\u20d0-\\u20f0\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff9-\\ufffb\\u{1d173}-\\u{1d17a}" +
    "\\u{e0000}-\\u{e0fff}]",
  "gu",
);
const OTHER_ALPHABETS = /[\u00d8\u00f8\u0131\u0166\u0167\u0370-\u052f\u13a0-\u13ff\u1d00-\u1d22\u0280-\u028f\ua4d0-\ua4ff]/;
const SEEN = "АВЕКМНОРСТУХІЅҮаекмнорстухіѕүΑΒΕΗΙΚΜΝΟΡΤΥΧαειμνοτυᴀʙᴅᴇɪᴍɴᴏᴛᴜʏꓮꓐꓓꓰꓲꓟꓠꓳꓔꓴꓬᎪᎬᎷᎢØøıŦŧ";
const MEANT = "ABEKMHOPCTYXISYaekmhopctyxisyABEHIKMNOPTYXaeimvotuABDEIMNOTUYABDEIMNOTUYAEMTOoiTt";
const LOOKS_LIKE = new Map(Array.from(SEEN).map((letter, place) => [letter, MEANT[place]]));
const W = "[\\p{L}\\p{N}_]";
const BEGIN = "(^|[^\\p{L}\\p{N}_])";
const END = `(?!${W})`;
const BETWEEN = "[ .·•‧∙*\\-–—\\/\\\\|+~=:,'’^#]";
const PARTED = new RegExp(`${BEGIN}(\\p{L}(?:(?:${BETWEEN}|\\n){1,3}\\p{L}){2,})${END}`, "gu");
const GLUED = new RegExp(
  `${BEGIN}(tuyệt|tối|tuyet|toi|độ|dấu)[.·•‧∙*\\-–—\\/\\\\|+~=:,'’^#]{0,3}(mật|mat)${END}`,
  "giu",
);
const APART = new RegExp(`${BEGIN}(TUYỆT|TỐI|TUYET|TOI)(?:${BETWEEN}|\\n){1,4}(MẬT|MAT)${END}`, "gu");
const TORN = new RegExp(`${BEGIN}(?:M${BETWEEN}{1,3}ẬT|MẬ${BETWEEN}{1,3}T)${END}`, "gu");
/** Telex, VNI, marks left out, the fonts of before Unicode. @type {Map<string, string>} */
const AS_TYPED = new Map([
  ...["maatj", "mâtj", "maajt", "ma65t", "ma6t5", "mât", "mët", "maät"].map((word) => pair(word, "mật")),
  ...["tuyeetj", "tuyeejt", "tuye65t", "tuyêt", "tuyöt", "tuyeät"].map((word) => pair(word, "tuyệt")),
  ...["toois", "to61i", "tèi", "toái"].map((word) => pair(word, "tối")),
]);
const TYPED = new RegExp(`${BEGIN}(${Array.from(AS_TYPED.keys()).join("|")})${END}`, "giu");
const MIXED = /(^|[^\p{L}\p{N}_@])(?=[\p{L}\p{N}_@]*[0-9@])(?=[\p{L}\p{N}_@]*\p{L})([\p{L}\p{N}_@]{3,5})(?![\p{L}\p{N}_@])/gu;
/** @type {Record<string, string>} */
const DIGITS = { 0: "o", 1: "i", 3: "e", 4: "a", 7: "t", "@": "a" };

/** @param {string} word @param {string} meant @returns {[string, string]} */
function pair(word, meant) {
  return [word, meant];
}

/** Lower case, without marks, đ as d. @param {string} text */
export function fold(text) {
  return text.toLowerCase().normalize("NFD").replace(/\p{Mn}/gu, "").replace(/đ/g, "d");
}

/** Whether any word that a marking is made of may be there; quick, as every text that is typed comes through.
 * @param {string} text */
export function isWorthALook(text) {
  const lowered = lettersOf(text).toLowerCase();
  if (lowered.indexOf("m") < 0) return false;
  const bare = fold(lowered).replace(/[^\p{L}\p{N}@]/gu, "");
  if (WORTH_A_LOOK.some((one) => bare.indexOf(one) >= 0 || lowered.indexOf(one) >= 0)) return true;
  return asLetters(bare).indexOf("mat") >= 0;
}

/** The text in its plain form. @param {string} text */
export function plain(text) {
  let found = lettersOf(text).replace(/_/g, " ");
  found = found.replace(MIXED, (_, before, word) => before + withoutDigits(word));
  found = found.replace(PARTED, (_, before, letters) => before + joined(letters));
  found = found.replace(TYPED, (_, before, word) => before + asMeant(word));
  return found.replace(TORN, "$1MẬT").replace(GLUED, "$1$2 $3").replace(APART, "$1$2 $3");
}

/** One Unicode form, no invisible letters, look-alikes as what they look like. @param {string} text */
function lettersOf(text) {
  let found = text.normalize("NFKC").replace(INVISIBLE, "");
  if (OTHER_ALPHABETS.test(found)) {
    found = Array.from(found.normalize("NFD")).map((letter) => LOOKS_LIKE.get(letter) || letter).join("");
  }
  return found.normalize("NFC");
}

/** "T.U.Y.Ệ.T M Ậ T" as words; what does not spell one stays as it is. @param {string} run */
function joined(run) {
  const letters = run.replace(/[^\p{L}]/gu, "");
  return /mật|mat/iu.test(letters) ? letters.replace(/(mật|mat)/giu, " $1 ").trim().replace(/ +/g, " ") : run;
}

/** @param {string} word */
function asMeant(word) {
  if (word === "mât") return word;
  const meant = AS_TYPED.get(word.toLowerCase()) || word;
  if (isUpper(word)) return meant.toUpperCase();
  return isUpper(word[0]) ? meant[0].toUpperCase() + meant.slice(1) : meant;
}

/** "M4T" as "MAT"; anything else with digits stays. @param {string} word */
function withoutDigits(word) {
  const meant = asLetters(word);
  const letters = word.replace(/[^\p{L}]/gu, "");
  if (["mat", "tuyet", "toi"].indexOf(fold(meant)) < 0 || Array.from(letters).length < 2) return word;
  return isUpper(letters) ? meant.toUpperCase() : meant;
}

/** @param {string} text */
function asLetters(text) {
  return text.replace(/[01347@]/g, (digit) => DIGITS[digit]);
}

/** @param {string} word */
function isUpper(word) {
  return word === word.toUpperCase() && word !== word.toLowerCase();
}
