/**
 * The blocks of a paper, as chibo.documents.blocks has them.
 * @typedef {{style: "heading", level: number, number: number | null, text: string} | {style: "body" | "plain" | "item", text: string} | {style: "table", columns: string[], rows: string[][]}} Block
 */

/** @param {string} text @returns {Block} */
export function body(text) {
  return { style: "body", text };
}

/** @param {string} text @returns {Block} */
export function listed(text) {
  return { style: "item", text };
}

/** @param {number} level @param {string} text @param {number} number @returns {Block} */
export function heading(level, text, number) {
  return { style: "heading", level, number, text };
}
