// Shows /openapi.json and calls what it describes. Every text goes through textContent, never through markup.
"use strict";

const METHODS = ["get", "post", "put", "patch", "delete"];

/** Makes an element: el("p", {class: "x"}, "text", child). */
function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

let spec = {};

/** Follows `$ref`s inside the document. */
function resolve(node) {
  for (let hops = 0; node && node.$ref && hops < 32; hops += 1) {
    const keys = node.$ref.replace(/^#\//, "").split("/");
    node = keys.reduce((at, key) => at?.[key.replace(/~1/g, "/").replace(/~0/g, "~")], spec);
  }
  return node || {};
}

/** A schema in one line: its type, and the rules that it states. */
function describe(schema) {
  const name = schema.$ref ? schema.$ref.split("/").pop() : null;
  const it = resolve(schema);
  const types = it.oneOf || it.anyOf || it.allOf;
  let type = name || [it.type || (types ? types.map(describe).join(" | ") : "any")].flat().join(" | ");
  if (it.items) type = `list of ${describe(it.items)}`;
  if (it.format) type += ` (${it.format})`;
  const rules = ["minLength", "maxLength", "minimum", "maximum", "minItems", "maxItems", "pattern", "default"]
    .filter((rule) => it[rule] !== undefined)
    .map((rule) => `${rule} ${JSON.stringify(it[rule])}`);
  if (it.enum) rules.unshift(it.enum.map((value) => JSON.stringify(value)).join(", "));
  return [type, ...rules].join("; ");
}

/** The fields of an object schema as a table. */
function fields(schema, depth = 0) {
  const it = resolve(schema);
  if (!it.properties) return el("p", {}, el("code", {}, describe(schema)));
  const rows = Object.entries(it.properties).map(([name, property]) => {
    const required = (it.required || []).includes(name) ? " *" : "";
    const inner = resolve(property).properties && depth < 3 ? fields(property, depth + 1) : null;
    const about = resolve(property).description;
    return el("tr", {}, el("td", {}, el("code", {}, name + required)),
      el("td", {}, describe(property), about ? el("div", { class: "muted" }, about) : null, inner));
  });
  return el("table", {}, ...rows);
}

/** A body to begin with. */
function example(schema, depth = 0) {
  const it = resolve(schema);
  if (it.example !== undefined) return it.example;
  if (it.examples?.length) return it.examples[0];
  if (it.default !== undefined) return it.default;
  if (it.enum) return it.enum[0];
  const one = it.oneOf || it.anyOf;
  if (one) return example(one[0], depth);
  const type = [it.type].flat()[0];
  if (it.properties && depth < 6) {
    const required = Object.entries(it.properties).filter(([name]) => (it.required || []).includes(name));
    return Object.fromEntries(required.map(([name, property]) => [name, example(property, depth + 1)]));
  }
  return { array: [], integer: it.minimum ?? 0, number: it.minimum ?? 0, boolean: false, object: {} }[type] ?? "";
}

function jsonBody(operation) {
  return resolve(operation.requestBody).content?.["application/json"]?.schema;
}

/** The form that calls an operation and shows what comes back. */
function tryIt(method, path, operation, parameters) {
  const inputs = parameters.map((parameter) => [parameter, el("input", { "aria-label": parameter.name })]);
  const body = jsonBody(operation);
  const area = body ? el("textarea", { "aria-label": "body", spellcheck: "false" }) : null;
  if (area) area.value = JSON.stringify(example(body), null, 2);
  const output = el("pre", { hidden: "" });
  const button = el("button", { type: "button" }, "Send");
  button.addEventListener("click", async () => {
    let url = (spec.servers?.[0]?.url || "").replace(/\/$/, "") + path;
    const query = new URLSearchParams();
    const headers = area ? { "content-type": "application/json" } : {};
    for (const [parameter, input] of inputs) {
      if (parameter.in === "path") url = url.replace(`{${parameter.name}}`, encodeURIComponent(input.value));
      else if (input.value !== "" && parameter.in === "query") query.append(parameter.name, input.value);
      else if (input.value !== "" && parameter.in === "header") headers[parameter.name] = input.value;
    }
    if (query.size) url += `?${query}`;
    output.hidden = false;
    try {
      const response = await fetch(url, { method: method.toUpperCase(), headers, body: area?.value });
      const text = await response.text();
      let shown = text;
      try { shown = JSON.stringify(JSON.parse(text), null, 2); } catch { /* not JSON: as it is */ }
      const head = [...response.headers].map(([name, value]) => `${name}: ${value}`).join("\n");
      output.textContent = `${method.toUpperCase()} ${url}\n${response.status} ${response.statusText}\n${head}\n\n${shown}`;
    } catch (error) {
      output.textContent = String(error);
    }
  });
  const rows = inputs.map(([parameter, input]) => el("tr", {},
    el("td", {}, el("code", {}, parameter.name + (parameter.required ? " *" : ""))),
    el("td", {}, `${parameter.in}; ${describe(parameter.schema || {})}`), el("td", {}, input)));
  return el("details", {}, el("summary", {}, "Try it"), rows.length ? el("table", {}, ...rows) : null, area, button, output);
}

function responses(operation) {
  return Object.entries(operation.responses || {}).map(([status, response]) => {
    const it = resolve(response);
    const schema = Object.values(it.content || {})[0]?.schema;
    const line = el("summary", {}, el("code", {}, status), ` ${it.description || ""}`);
    return schema ? el("details", {}, line, fields(schema)) : el("details", {}, line);
  });
}

function operation(method, path, it, shared) {
  const parameters = [...shared, ...(it.parameters || [])].map(resolve);
  const body = jsonBody(it);
  const head = el("summary", {}, el("span", { class: `method ${method}` }, method.toUpperCase()),
    el("span", { class: "path" }, path), " ", el("span", { class: "muted" }, it.summary || ""));
  const table = parameters.map((parameter) => el("tr", {}, el("td", {}, el("code", {}, parameter.name)),
    el("td", {}, parameter.in), el("td", {}, describe(parameter.schema || {})), el("td", {}, parameter.description || "")));
  const element = el("details", { id: it.operationId || `${method}-${path}` }, head,
    it.description ? el("p", {}, it.description) : null,
    table.length ? el("h4", {}, "Parameters") : null, table.length ? el("table", {}, ...table) : null,
    body ? el("h4", {}, "Body") : null, body ? fields(body) : null,
    el("h4", {}, "Answers"), ...responses(it), tryIt(method, path, it, parameters));
  element.dataset.text = `${method} ${path} ${it.operationId || ""} ${it.summary || ""}`.toLowerCase();
  return element;
}

/** The problems that the document names, so that their addresses lead somewhere. */
function problems() {
  const codes = new Set(JSON.stringify(spec).match(/\/problems\/[a-z0-9_]+/g) || []);
  if (!codes.size) return [];
  const items = [...codes].sort().map((address) => {
    const code = address.split("/").pop();
    return el("li", { id: `problem-${code}` }, el("code", {}, code));
  });
  return [el("h2", {}, "Problems"), el("ul", {}, ...items)];
}

function show() {
  document.title = document.getElementById("title").textContent = `${spec.info?.title || "API"} ${spec.info?.version || ""}`;
  document.getElementById("summary").textContent = spec.info?.description || "";
  const groups = new Map();
  for (const [path, item] of Object.entries(spec.paths || {})) {
    for (const method of METHODS.filter((name) => item[name])) {
      const tag = item[method].tags?.[0] || "API";
      if (!groups.has(tag)) groups.set(tag, []);
      groups.get(tag).push(operation(method, path, item[method], item.parameters || []));
    }
  }
  const main = document.getElementById("operations");
  for (const [tag, operations] of groups) main.append(el("section", {}, el("h2", {}, tag), ...operations));
  document.getElementById("problems").append(...problems());
  document.getElementById("search").addEventListener("input", (event) => {
    for (const element of main.querySelectorAll("section > details")) {
      element.hidden = !element.dataset.text.includes(event.target.value.toLowerCase());
    }
  });
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target) { target.open = true; target.scrollIntoView(); }
}

fetch("/openapi.json").then((response) => response.json()).then((document_) => { spec = document_; show(); })
  .catch((error) => { document.getElementById("operations").textContent = String(error); });
