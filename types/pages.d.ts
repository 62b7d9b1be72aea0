/** Events of our own and of htmx, as they arrive at the document. */

interface HtmxRequest {
  elt: Element;
  headers: { [name: string]: string };
  successful: boolean;
  xhr: XMLHttpRequest;
}

interface DocumentEventMap {
  "htmx:afterRequest": CustomEvent<HtmxRequest>;
  "htmx:beforeRequest": CustomEvent<HtmxRequest>;
  "htmx:configRequest": CustomEvent<HtmxRequest>;
  "htmx:load": CustomEvent<{ elt: Element }>;
  "htmx:responseError": CustomEvent<HtmxRequest>;
  "keep:state": CustomEvent<{ state: string; words?: string }>;
}
