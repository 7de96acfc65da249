#!/usr/bin/python3
"""tools/routegen.py -- the contract of the API as C.

    routegen.py [--prefix NAME] [--tables-only] CONTRACT OUT_H OUT_C

Reads an OpenAPI 3.1 file (api/openapi.yaml) and writes, with NAME (default xj_api) in front:

    xj_api_routes             the table of routes for http/route.h: methods, paths as a tree,
                              permissions, limits, parameters and bodies with their schemas
    xj_api_handlers           xj_api_<operation> in the same order (not with --tables-only: a test
                              of the tables alone has none)
    xj_api_contract           the contract as JSON, xj_api_contract_gzip the same compressed,
    xj_api_contract_etag      and a tag of its bytes

Of each operation it reads operationId, parameters, requestBody, x-permission, x-csrf (default: true
for what changes something and is not public) and x-body-max (default 1 MB).  A keyword of a
request's schema that the interpreter (json/schema.h) does not check is refused, so that nothing in
the contract is a mere remark.  Of its successful answers it reads which members have an x-class
(internal, personal, sensitive; open where it is absent).
"""
import argparse
import gzip
import hashlib
import json
import re
import sys

import yaml12

METHODS = ("get", "head", "post", "put", "patch", "delete", "options")
REMARKS = {"description", "title", "example", "examples", "default", "deprecated", "readOnly",
           "writeOnly"}
TYPES = {"null": "XJ_S_NULL", "boolean": "XJ_S_BOOL", "integer": "XJ_S_INT",
         "number": "XJ_S_NUMBER", "string": "XJ_S_STR", "array": "XJ_S_ARRAY",
         "object": "XJ_S_OBJECT"}
FORMATS = {"date": "XJ_FORMAT_DATE", "date-time": "XJ_FORMAT_DATE_TIME", "int64": None,
           "binary": None}
PARAMS_MAX = 32  # as http/route.h
SEGMENTS_MAX = 4
BODY_MAX = 1 << 20
PIECE = re.compile(r"(?:\[\^?(?:\\.|[^\]\\^])(?:\\.|[^\]\\])*\]|\\[^A-Za-ce-z0-9]|\\d|"
                   r"[^\\\[\](){}|?*+^$])(\?|\*|\+|\{\d{1,4}(?:,\d{0,4})?\})?")


class Refused(Exception):
    pass


def c_str(text):
    """A C literal; other than printable ASCII as octal escapes."""
    out = []
    for byte in str(text).encode():
        char = chr(byte)
        out.append("\\" + char if char in '"\\' else char if 32 <= byte < 127 else f"\\{byte:03o}")
    return '"' + "".join(out).replace("??", "?\\?") + '"'


def snake(name):
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()


def check_pattern(pattern, where):
    if not (pattern.startswith("^") and pattern.endswith("$") and pattern.isascii()):
        raise Refused(f"{where}: the pattern {pattern} must be ASCII between ^ and $")
    at, open_repeats = 1, 0
    while at < len(pattern) - 1:
        piece = PIECE.match(pattern, at, len(pattern) - 1)
        if piece is None:
            raise Refused(f"{where}: the pattern {pattern} uses what json/pattern.c does not know")
        repeat = piece.group(1) or ""
        open_repeats += repeat in ("*", "+") or "," in repeat
        at = piece.end()
    if open_repeats > 2:
        raise Refused(f"{where}: the pattern {pattern} has more than two open repeats")


class Schemas:
    """Schemas as C objects, each distinct one once, the inner ones first."""

    def __init__(self, api):
        self.api = api
        self.names = {}
        self.lines = []

    def resolve(self, node, where):
        seen = set()
        while isinstance(node, dict) and "$ref" in node:
            ref = node["$ref"]
            if ref in seen or not ref.startswith("#/"):
                raise Refused(f"{where}: {ref} leads nowhere")
            seen.add(ref)
            target = self.api
            for part in ref[2:].split("/"):
                part = part.replace("~1", "/").replace("~0", "~")
                if not isinstance(target, dict) or part not in target:
                    raise Refused(f"{where}: {ref} leads nowhere")
                target = target[part]
            node = target
        return node

    def emit(self, kind, text):
        name = f"{kind}_{sum(1 for known in self.names.values() if known.startswith(kind + '_'))}"
        if text not in self.names:
            self.names[text] = name
            self.lines.append(text.replace("@", name, 1))
        return self.names[text]

    def strings(self, values):
        inner = ", ".join(c_str(value) for value in values)
        return self.emit("words", f"static const char *const @[] = {{{inner}, NULL}};")

    def any_of(self, schema, where, depth):
        """anyOf as (one schema that takes null too) where it can be, else as a list."""
        options = [self.resolve(option, where) for option in schema["anyOf"]]
        rest = [option for option in options if option.get("type") != "null"]
        if len(rest) == 1 and len(rest) < len(options):
            only = dict(rest[0])
            kinds = only.get("type", [])
            only["type"] = (kinds if isinstance(kinds, list) else [kinds]) + ["null"]
            return self.add(only, where, depth)
        names = ", ".join("&" + self.add(option, where, depth + 1) for option in options)
        listed = self.emit("any", f"static const xj_schema *const @[] = {{{names}, NULL}};")
        return self.emit("schema", f"static const xj_schema @ = {{.any = {listed}}};")

    def add(self, schema, where, depth=0):
        schema = self.resolve(schema, where)
        if depth > 30:
            raise Refused(f"{where}: a schema within itself is not supported")
        if "anyOf" in schema:
            extra = set(schema) - REMARKS - {"anyOf"}
            if extra:
                raise Refused(f"{where}: {sorted(extra)} beside anyOf is not supported")
            return self.any_of(schema, where, depth)
        fields = []
        left = {key for key in schema if key not in REMARKS and not key.startswith("x-")}

        def take(key):
            left.discard(key)
            return schema.get(key)

        kinds = take("type") or []
        kinds = kinds if isinstance(kinds, list) else [kinds]
        if kinds:
            fields.append(".types = " + " | ".join(TYPES[kind] for kind in kinds))
        form = take("format")
        if form is not None:
            if form not in FORMATS:
                raise Refused(f"{where}: the format {form} is not checked by json/schema.c")
            if FORMATS[form]:
                fields.append(f".format = {FORMATS[form]}")
        for low, high in (("minLength", "maxLength"), ("minItems", "maxItems"),
                          ("minProperties", "maxProperties")):
            if low in schema:
                fields.append(f".len_min = {take(low)}")
            if high in schema:
                if schema[high] == 0:
                    raise Refused(f"{where}: {high} 0 is not supported")
                fields.append(f".len_max = {take(high)}")
        for key, flag, field in (("minimum", "has_min", "min"), ("maximum", "has_max", "max")):
            if key in schema:
                fields.append(f".{flag} = true, .{field} = {float(take(key))!r}")
        if "pattern" in schema:
            check_pattern(take("pattern"), where)
            fields.append(f".pattern = {c_str(schema['pattern'])}")
        if "enum" in schema:
            values = [value for value in take("enum") if value is not None]
            if not all(isinstance(value, str) for value in values):
                raise Refused(f"{where}: an enum of other than text is not supported")
            fields.append(f".values = {self.strings(values)}")
        if "properties" in schema:
            fields += self.members(take("properties"), take("required") or [], where, depth)
        elif take("required"):
            raise Refused(f"{where}: required without properties")
        more = take("additionalProperties")
        if more is False:
            fields.append(".closed = true")
        elif more not in (None, True):
            raise Refused(f"{where}: a schema as additionalProperties is not supported")
        if "items" in schema:
            fields.append(".items = &" + self.add(take("items"), where + "/items", depth + 1))
        if left:
            raise Refused(f"{where}: {sorted(left)} is not checked by json/schema.c")
        return self.emit("schema", f"static const xj_schema @ = {{{', '.join(fields) or '0'}}};")

    def members(self, properties, required, where, depth):
        if not properties:
            return []
        rows = []
        for name, inner in properties.items():
            schema = self.add(inner, f"{where}/{name}", depth + 1)
            rows.append(f"{{{c_str(name)}, &{schema}, {'true' if name in required else 'false'}}}")
        for name in required:
            if name not in properties:
                raise Refused(f"{where}: required {name} is no property")
        listed = self.emit("members", "static const xj_schema_member @[] = {"
                           + ", ".join(rows) + "};")
        return [f".members = {listed}, .nmembers = {len(rows)}"]


def parameters_of(schemas, path, item, operation, where):
    found = {}
    for parameter in item.get("parameters", []) + operation.get("parameters", []):
        parameter = schemas.resolve(parameter, where)
        place = parameter["in"]
        if place == "cookie":
            raise Refused(f"{where}: parameters in cookies are not supported")
        found[place, parameter["name"]] = parameter
    names = re.findall(r"{([^}]*)}", path)
    if {name for place, name in found if place == "path"} != set(names):
        raise Refused(f"{where}: the path's parameters are not those that are declared")
    if len(names) > SEGMENTS_MAX or len(found) > PARAMS_MAX:
        raise Refused(f"{where}: too many parameters for http/route.h")
    ordered = [found["path", name] for name in names]
    return ordered + [found[key] for key in found if key[0] != "path"]


def param_line(schemas, parameter, where):
    where = f"{where}: {parameter['name']}"
    schema = schemas.resolve(parameter["schema"], where)
    kinds = schema.get("type")
    if kinds not in ("string", "integer", "boolean"):
        raise Refused(f"{where}: a parameter is a string, an integer or a boolean")
    preset = schema.get("default")
    preset = str(preset).lower() if isinstance(preset, bool) else preset
    required = "true" if parameter.get("required") else "false"
    return (f"{{{c_str(parameter['name'])}, XJ_IN_{parameter['in'].upper()}, {required}, "
            f"{'NULL' if preset is None else c_str(preset)}, &{schemas.add(schema, where)}}}")


CLASSES = ("open", "internal", "personal", "sensitive")


def classed_members(schemas, node, where, found, depth=0):
    """Adds {name: class} of all members with x-class in the schema NODE of an answer."""
    node = schemas.resolve(node, where)
    if depth > 30 or not isinstance(node, dict):
        return
    for name, inner in node.get("properties", {}).items():
        inner = schemas.resolve(inner, where)
        kind = inner.get("x-class", "open")
        if kind not in CLASSES:
            raise Refused(f"{where}: {name}: no class is called {kind}")
        if found.setdefault(name, kind) != kind:
            raise Refused(f"{where}: {name} is {found[name]} in one place and {kind} in another")
        if kind != "open":
            kinds = inner.get("type", [])
            if "null" not in kinds or {"object", "array"} & set(kinds):
                raise Refused(f"{where}: {name} has a class, so it is a plain value or null")
        classed_members(schemas, inner, where, found, depth + 1)
    for inner in [node.get("items"), *node.get("anyOf", [])]:
        if inner:
            classed_members(schemas, inner, where, found, depth + 1)


def classed_of(schemas, method, operation, where):
    found = {}
    for status, response in operation.get("responses", {}).items():
        if not str(status).startswith("2"):
            continue
        for content in schemas.resolve(response, where).get("content", {}).values():
            classed_members(schemas, content.get("schema", {}), where, found)
    rows = [f"{{{c_str(name)}, {c_str(kind)}}}" for name, kind in found.items() if kind != "open"]
    if rows and method != "get":
        raise Refused(f"{where}: only what a get answers may hold members with a class")
    return rows


def route_line(schemas, path, method, item, operation):
    where = f"{method.upper()} {path}"
    permission = operation.get("x-permission")
    if not permission:
        raise Refused(f"{where}: no x-permission")
    fields = [f".method = XJ_{method.upper()}", f".path = {c_str(path)}",
              f".operation = {c_str(operation['operationId'])}",
              f".permission = {c_str(permission)}"]
    csrf = operation.get("x-csrf", method not in ("get", "head", "options")
                         and permission != "public")
    if csrf:
        fields.append(".csrf = true")
    if "requestBody" in operation:
        body = schemas.resolve(operation["requestBody"], where)
        types = list(body["content"])
        fields.append(f".body_max = {int(operation.get('x-body-max', BODY_MAX))}")
        fields.append(f".body_types = {schemas.strings(types)}")
        if body.get("required"):
            fields.append(".body_required = true")
        if "application/json" in types:
            if len(types) > 1:
                raise Refused(f"{where}: JSON beside other media types is not supported")
            schema = schemas.add(body["content"]["application/json"]["schema"], where + " body")
            fields.append(f".body = &{schema}")
    classed = classed_of(schemas, method, operation, where)
    if classed:
        listed = schemas.emit("classed",
                              "static const xj_classed @[] = {" + ", ".join(classed) + "};")
        fields.append(f".classed = {listed}, .nclassed = {len(classed)}")
    rows = [param_line(schemas, parameter, where)
            for parameter in parameters_of(schemas, path, item, operation, where)]
    if rows:
        listed = schemas.emit("params", "static const xj_param @[] = {" + ", ".join(rows) + "};")
        fields.append(f".params = {listed}, .nparams = {len(rows)}")
    return "    {" + ", ".join(fields) + "},"


class Node:
    def __init__(self, segment):
        self.segment, self.children, self.routes, self.number = segment, [], {}, 0

    def child(self, segment):
        for child in self.children:
            if child.segment == segment:
                return child
        self.children.append(Node(segment))
        return self.children[-1]


def tree_lines(root):
    nodes = []

    def number(node):
        node.number = len(nodes)
        nodes.append(node)
        for child in node.children:
            number(child)

    number(root)
    if len(nodes) > 65535:
        raise Refused("too many paths")
    nexts = {}
    for node in nodes:
        for child, following in zip(node.children, node.children[1:] + [None]):
            nexts[child.number] = following.number if following else 0
    for node in nodes:
        fields = [f".segment = {c_str(node.segment)}"] if node.segment is not None else []
        if node.children:
            fields.append(f".child = {node.children[0].number}")
        if nexts.get(node.number):
            fields.append(f".next = {nexts[node.number]}")
        for method, index in node.routes.items():
            fields.append(f".routes[XJ_{method.upper()}] = {index + 1}")
        yield "    {" + (", ".join(fields) or "0") + "},"


def generate(api, prefix, handlers=True):
    schemas = Schemas(api)
    routes, operations, root = [], [], Node(None)
    for path, item in api["paths"].items():
        if not re.fullmatch(r"(/([A-Za-z0-9._-]+|{\w+}))+", path):
            raise Refused(f"{path}: a segment is a word or a whole parameter")
        node = root
        for segment in path[1:].split("/"):
            node = node.child(None if segment.startswith("{") else segment)
        for method, operation in item.items():
            if method not in METHODS:
                continue
            operations.append(snake(operation["operationId"]))
            if method in node.routes:
                raise Refused(f"{path}: another path looks the same")
            node.routes[method] = len(routes)
            routes.append(route_line(schemas, path, method, item, operation))
    if len(set(operations)) != len(operations):
        raise Refused("two operations have the same operationId")
    text = json.dumps(api, ensure_ascii=False, separators=(",", ":"), default=str).encode()
    return (header(prefix, operations if handlers else []),
            source(prefix, operations if handlers else [], routes, root, schemas, text))


def header(prefix, operations):
    lines = ["/* Made by tools/routegen.py from the contract of the API; do not edit. */",
             "#pragma once", "", '#include "http/route.h"', "",
             f"extern const xj_routes {prefix}_routes;",
             f"extern const xj_str {prefix}_contract, {prefix}_contract_gzip, "
             f"{prefix}_contract_etag;", ""]
    if operations:
        lines += [f"typedef struct {prefix} {prefix};",
                  f"typedef xj_error *(*{prefix}_handler)({prefix} *api);",
                  "/* In the order of the routes. */",
                  f"extern const {prefix}_handler {prefix}_handlers[{len(operations)}];", ""]
    lines += [f"xj_error *{prefix}_{operation}({prefix} *api);" for operation in operations]
    return "\n".join(lines) + "\n"


def array(name, data):
    rows = [",".join(str(byte) for byte in data[at:at + 24]) for at in range(0, len(data), 24)]
    return [f"static const unsigned char {name}[] = {{", *(row + "," for row in rows), "};"]


def handler_lines(prefix, operations):
    if not operations:
        return []
    return [f"const {prefix}_handler {prefix}_handlers[{len(operations)}] = {{",
            *(f"    {prefix}_{operation}," for operation in operations), "};", ""]


def source(prefix, operations, routes, root, schemas, text):
    packed = gzip.compress(text, 9, mtime=0)
    tag = hashlib.sha256(text).hexdigest()[:16]
    lines = ["/* Made by tools/routegen.py from the contract of the API; do not edit. */",
             '#include "routes.h"', "", *schemas.lines, "",
             "static const xj_route items[] = {", *routes, "};", "",
             "/* The root first; each node's children and siblings by number. */",
             "static const xj_route_node nodes[] = {", *tree_lines(root), "};", "",
             f"const xj_routes {prefix}_routes = {{items, {len(routes)}, nodes}};", "",
             *handler_lines(prefix, operations),
             *array("contract", text), "", *array("contract_gzip", packed), "",
             f"const xj_str {prefix}_contract = {{(const char *)contract, sizeof contract}};",
             f"const xj_str {prefix}_contract_gzip = {{(const char *)contract_gzip, "
             "sizeof contract_gzip};",
             f'const xj_str {prefix}_contract_etag = {{"{tag}", {len(tag)}}};']
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--prefix", default="xj_api")
    parser.add_argument("--tables-only", action="store_true")
    parser.add_argument("contract")
    parser.add_argument("out_h")
    parser.add_argument("out_c")
    options = parser.parse_args()
    with open(options.contract, encoding="utf-8") as file:
        api = yaml12.load(file)
    try:
        texts = generate(api, options.prefix, not options.tables_only)
    except (Refused, KeyError) as error:
        what = f"no {error}" if isinstance(error, KeyError) else error
        print(f"{options.contract}: {what}", file=sys.stderr)
        return 1
    for path, text in zip((options.out_h, options.out_c), texts):
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
