#!/usr/bin/python3
"""Lint api/openapi.yaml: what OpenAPI 3.1 asks, and what our generators and tests rely on."""
import re
import sys

import repo
import routegen
import yaml12

METHODS = ("get", "put", "post", "patch", "delete")
FORMATS = {"int64", "date", "date-time", "binary"}


def walk(node, at=""):
    yield at, node
    if isinstance(node, dict):
        for key, value in node.items():
            yield from walk(value, f"{at}/{key}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from walk(value, f"{at}/{index}")


def resolve(api, ref):
    node = api
    for part in ref[2:].split("/"):
        node = node[part.replace("~1", "/").replace("~0", "~")]
    return node


def lint_refs(api):
    used = set()
    for at, node in walk(api):
        if isinstance(node, dict) and "$ref" in node:
            ref = node["$ref"]
            used.add(ref)
            try:
                resolve(api, ref)
            except (KeyError, TypeError):
                yield f"{at}: {ref} leads nowhere"
    for kind, parts in api.get("components", {}).items():
        for name in parts:
            if kind != "securitySchemes" and f"#/components/{kind}/{name}" not in used:
                yield f"/components/{kind}/{name} is used nowhere"


def lint_schemas(api):
    for at, node in walk(api):
        if not isinstance(node, dict):
            continue
        if node.get("type") == "object" and isinstance(node.get("properties"), dict):
            for name in node.get("required", []):
                if name not in node["properties"]:
                    yield f"{at}: required '{name}' is no property"
            if at.startswith("/components/schemas") and "additionalProperties" not in node \
                    and "/components/schemas/Publish" not in at:
                yield f"{at}: says nothing of additionalProperties"
        if node.get("type") == "array" and "items" not in node:
            yield f"{at}: an array without items"
        if node.get("type") == "string" and "format" in node and node["format"] not in FORMATS:
            yield f"{at}: the format '{node['format']}' is not checked by anybody"


def words_of_states():
    """{"x-states" or "x-moves": {kind: its words}} of src/duty/states.tsv, which the program is made of."""
    words = {"x-states": {}, "x-moves": {}}
    for line in (repo.ROOT / "src/duty/states.tsv").read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if cells[0] == "state":
            words["x-states"].setdefault(cells[1], set()).add(cells[2])
        elif cells[0] == "move":
            words["x-moves"].setdefault(cells[1], set()).add(cells[3])
    return words


def lint_states(api):
    """An enum that says of which kinds' states or moves it is holds those and no others."""
    words = words_of_states()
    for at, node in walk(api):
        for key, kinds in words.items():
            if not isinstance(node, dict) or key not in node:
                continue
            wanted = set().union(*(kinds.get(kind, set()) for kind in node[key]))
            given = set(node.get("enum", []))
            if wanted != given:
                yield f"{at}: {key} asks for {sorted(wanted - given)} and not for {sorted(given - wanted)}"


def lint_operation(api, path, method, shared, operation):
    at = f"{method.upper()} {path}"
    for key in ("operationId", "tags", "summary", "responses", "x-permission"):
        if key not in operation:
            yield f"{at}: no {key}"
    if not re.fullmatch(r"[a-z][A-Za-z0-9]*", operation.get("operationId", "")):
        yield f"{at}: the operationId is no lower camel case name"
    if operation.get("x-permission") == "public" and operation.get("security") != []:
        yield f"{at}: public, but asks for a session"
    if operation.get("security") == [] and operation.get("x-permission") != "public":
        yield f"{at}: asks for no session, but is not public"
    summary = operation.get("summary", "")
    if not (re.search(r"[A-Za-z]", summary) and re.search(r"[\u4e00-\u9fff]", summary)):
        yield f"{at}: the summary is not in Chinese and English"
    responses = operation.get("responses", {})
    if "default" not in responses:
        yield f"{at}: no default response (the problem)"
    elif responses["default"] != {"$ref": "#/components/responses/Problem"}:
        yield f"{at}: the default response is not the problem"
    if not any(str(status).startswith("2") for status in responses):
        yield f"{at}: no success"
    if "requestBody" in operation and "x-body-max" not in operation:
        yield f"{at}: a body without x-body-max"
    if method in ("get", "delete") and "requestBody" in operation:
        yield f"{at}: {method} with a body"
    known = {tag["name"] for tag in api.get("tags", [])}
    for tag in operation.get("tags", []):
        if tag not in known:
            yield f"{at}: the tag '{tag}' is not declared"
    seen, in_path = set(), set()
    for parameter in shared + operation.get("parameters", []):
        if "$ref" in parameter:
            try:
                parameter = resolve(api, parameter["$ref"])
            except (KeyError, TypeError):
                continue
        key = (parameter.get("in"), parameter.get("name"))
        if key in seen:
            yield f"{at}: the parameter {key} is declared twice"
        seen.add(key)
        if key[0] == "path":
            in_path.add(key[1])
            if parameter.get("required") is not True:
                yield f"{at}: the path parameter '{key[1]}' is not required"
        if "schema" not in parameter:
            yield f"{at}: the parameter '{key[1]}' has no schema"
    if in_path != set(re.findall(r"{(\w+)}", path)):
        yield f"{at}: path parameters {sorted(in_path)} do not fit the path"


def lint(api):
    if not str(api.get("openapi", "")).startswith("3.1."):
        yield "openapi: expected 3.1"
    for key in ("title", "version"):
        if not api.get("info", {}).get(key):
            yield f"info: no {key}"
    yield from lint_refs(api)
    yield from lint_schemas(api)
    yield from lint_states(api)
    ids = {}
    for path, item in api.get("paths", {}).items():
        if not path.startswith("/api/"):
            yield f"{path}: outside /api/"
        for method in item:
            if method not in METHODS + ("parameters", "summary", "description"):
                yield f"{path}: '{method}' is no method"
        for method in METHODS:
            if method in item:
                operation = item[method]
                yield from lint_operation(api, path, method, item.get("parameters", []), operation)
                name = operation.get("operationId")
                if name in ids:
                    yield f"{path}: the operationId '{name}' is taken by {ids[name]}"
                ids[name] = path


def lint_generated(api):
    """What the route table cannot be made from: a keyword in a request that nothing checks."""
    try:
        routegen.generate(api, "xj_api")
    except routegen.Refused as refused:
        yield str(refused)


def main():
    with open(repo.ROOT / "api/openapi.yaml", encoding="utf-8") as file:
        api = yaml12.load(file)
    problems = list(lint(api))
    return repo.report("openapi", problems or list(lint_generated(api)))


if __name__ == "__main__":
    sys.exit(main())
