/**
 * The floor of the scripts: Chrome 80 and iOS 13.4. Three nets, since none holds alone: es-x knows the language, compat
 * the interfaces of the browser that are globals, and the list below what both let through.
 */
import compat from "eslint-plugin-compat";
import esx from "eslint-plugin-es-x";

// Newer than the floor, and known neither as a global nor as a method of the language. The version that brought it.
const NEWER = {
  AbortSignal: ["abort (Chrome 93)", "any (Chrome 116)", "timeout (Chrome 103)"],
  Intl: ["DisplayNames (iOS 14.1)", "Locale (iOS 14)", "RelativeTimeFormat (iOS 14)"],
  Response: ["json (Chrome 105)"],
  URL: ["canParse (Chrome 120)", "parse (Chrome 126)"],
  indexedDB: ["databases (iOS 14)"],
};
const NEWER_EVERYWHERE = [
  ...["checkVisibility (Chrome 105)", "commit of a transaction (iOS 15)", "databases (iOS 14)", "inert (Chrome 102)"],
  ...["randomUUID (Chrome 92)"],
  ...["replaceChildren (Chrome 86)", "requestIdleCallback (in no iOS)", "requestSubmit (iOS 16)", "submitter (iOS 15.4)"],
  ...["showModal (iOS 15.4)", "showPicker (Chrome 99)", "showPopover (Chrome 114)", "structuredClone (Chrome 98)"],
  ...["throwIfAborted (Chrome 100)", "userAgentData (Chrome 90)"],
];

/** @param {string} said */
const first = (said) => said.split(" ")[0];

const PROPERTIES = [
  ...Object.entries(NEWER).flatMap(([object, all]) =>
    all.map((said) => ({ object, property: first(said), message: `Newer than the floor: ${said}` })),
  ),
  ...NEWER_EVERYWHERE.map((said) => ({ property: first(said), message: `Newer than the floor: ${said}` })),
];

const SELECTORS = /:(?:is|where|has|focus-visible|modal|popover-open|user-invalid)\b/;
const SYNTAX = [
  {
    selector: "CallExpression[callee.property.name='at']",
    message: "Newer than the floor: at() (Chrome 92)",
  },
  {
    selector: "CallExpression[callee.property.name='addEventListener'] > ObjectExpression > Property[key.name='signal']",
    message: "Newer than the floor: a listener with a signal (Chrome 90, iOS 15); older ones never take it away",
  },
  {
    selector:
      "CallExpression[callee.property.name=/^(add|remove)EventListener$/] > MemberExpression > " +
      "CallExpression:matches([callee.name='matchMedia'], [callee.property.name='matchMedia'])",
    message: "Newer than the floor: matchMedia().addEventListener (iOS 14); addListener",
  },
  {
    selector:
      "CallExpression[callee.property.name=/^(querySelector|querySelectorAll|closest|matches)$/] > " +
      `Literal[value=${SELECTORS}]`,
    message: "Newer than the floor: this selector (Chrome 88, iOS 14) throws",
  },
  {
    selector: "Property[key.name=/^(dateStyle|timeStyle)$/]",
    message: "Newer than the floor: dateStyle and timeStyle (iOS 14.1)",
  },
];

// Without types these names are also those of arrays, of own methods (`take`) and of the field `at` of an entry. What
// is meant of an iterator, tsc refuses (its library is ES2020); a call of `at` stands in SYNTAX.
const ALSO_OLD = ["drop", "every", "filter", "find", "flatmap", "foreach", "map", "reduce", "some", "take"];
const OFF = [
  ...ALSO_OLD.map((name) => `es-x/no-iterator-prototype-${name}`),
  ...["es-x/no-array-prototype-at", "es-x/no-string-prototype-at"],
];

export default [
  { ignores: ["src/chibo/look/static/look/{htm,preact,preact-hooks}.js", "**/*.min.js"] },
  {
    ...compat.configs["flat/recommended"],
    files: ["**/*.js"],
  },
  esx.configs["flat/restrict-to-es2020"],
  esx.configs["flat/restrict-to-es2020-intl-api"],
  {
    files: ["**/*.js"],
    languageOptions: { ecmaVersion: "latest", sourceType: "module" },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    settings: {
      browserslistOpts: { ignoreUnknownVersions: false },
      targets: ["chrome 80", "ios_saf 13.4"],
      "es-x": { aggressive: true },
    },
    rules: {
      ...Object.fromEntries(OFF.map((name) => [name, "off"])),
      "es-x/no-bigint": "error",
      "es-x/no-export-ns-from": "error",
      "es-x/no-regexp-lookbehind-assertions": "error",
      "no-restricted-properties": ["error", ...PROPERTIES],
      "no-restricted-globals": [
        "error",
        ...["requestIdleCallback", "structuredClone", "BigInt", "scheduler"].map((name) => ({
          name,
          message: "Newer than the floor",
        })),
      ],
      "no-restricted-syntax": ["error", ...SYNTAX],
    },
  },
];
