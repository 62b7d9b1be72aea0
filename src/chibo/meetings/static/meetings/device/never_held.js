/**
 * The number of a citizen's card in a field that holds a person: refused as it is typed. The rest of what Chibo holds of
 * nobody is known on the server (chibo.lib.never_held).
 */

/** Why a text is refused, "" where it is not. @param {string} text */
export function checkPerson(text) {
  const numbers = text.split(/[^0-9 .]+/).map((one) => one.replace(/[ .]/g, ""));
  const isCard = (/** @type {string} */ one) => one.length === 9 || (one.length === 12 && one[0] === "0");
  return numbers.some(isCard) ? "Chibo không giữ số căn cước của ai. Bỏ phần ấy đi rồi ghi lại." : "";
}
