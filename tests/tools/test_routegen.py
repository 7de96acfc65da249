#!/usr/bin/python3
"""What tools/routegen.py makes of a contract, and what it refuses (the rest is tested in C)."""
import os
import sys
import unittest


sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../tools"))
sys.dont_write_bytecode = True
import routegen  # noqa: E402
import yaml12  # noqa: E402

ROOT = os.path.join(os.path.dirname(__file__), "../..")


def contract(path="/a", method="get", **operation):
    return {"openapi": "3.1.0", "paths": {path: {method: {
        "operationId": "doIt", "x-permission": "public", **operation}}}}


def parameter(**schema):
    return [{"name": "p", "in": "query", "schema": schema}]


def body(schema):
    return {"content": {"application/json": {"schema": schema}}}


class RouteGen(unittest.TestCase):
    def refused(self, words, api):
        with self.assertRaises(routegen.Refused) as caught:
            routegen.generate(api, "xj_t")
        self.assertIn(words, str(caught.exception))

    def test_the_contract_itself(self):
        with open(os.path.join(ROOT, "api/openapi.yaml"), encoding="utf-8") as file:
            api = yaml12.load(file)
        header, source = routegen.generate(api, "xj_api")
        operations = [operation["operationId"] for item in api["paths"].values()
                      for method, operation in item.items() if method in routegen.METHODS]
        for operation in operations:
            self.assertIn(f"xj_error *xj_api_{routegen.snake(operation)}(xj_api *api);", header)
        self.assertEqual(source.count(".operation = "), len(operations))
        self.assertEqual(routegen.generate(api, "xj_api"), (header, source))

    def test_names(self):
        self.assertEqual(routegen.snake("listTasks"), "list_tasks")
        self.assertEqual(routegen.snake("getOpenapi"), "get_openapi")
        self.assertEqual(routegen.c_str('a"\\\n健'), '"a\\"\\\\\\012\\345\\201\\245"')

    def test_csrf(self):
        for method, more, wanted in (("get", {"x-permission": "session"}, False),
                                     ("post", {"x-permission": "session"}, True),
                                     ("post", {}, False),
                                     ("post", {"x-csrf": True}, True),
                                     ("delete", {"x-permission": "session", "x-csrf": False},
                                      False)):
            _, source = routegen.generate(contract(method=method, **more), "xj_t")
            self.assertEqual(".csrf = true" in source, wanted, (method, more))

    def test_same_schema_once(self):
        api = contract(parameters=[{"name": name, "in": "query", "schema": {"type": "integer"}}
                                   for name in "abc"])
        _, source = routegen.generate(api, "xj_t")
        self.assertEqual(source.count("static const xj_schema "), 1)

    def test_null_beside_one_form(self):
        api = contract(method="post", requestBody=body(
            {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]}))
        _, source = routegen.generate(api, "xj_t")
        self.assertIn("XJ_S_STR | XJ_S_NULL, .format = XJ_FORMAT_DATE", source)

    def test_classes_of_members(self):
        def answer(method="get", **members):
            inner = {"type": "object", "properties": members}
            rows = {"type": "object", "properties": {"items": {"type": "array", "items": inner}}}
            return contract(method=method, responses={"200": body(rows)})

        phone = {"type": ["string", "null"], "x-class": "personal"}
        _, source = routegen.generate(answer(phone=phone, name={"type": "string"}), "xj_t")
        self.assertIn('{{"phone", "personal"}}', source)
        self.assertIn(".nclassed = 1", source)
        self.refused("only what a get answers", answer("post", phone=phone))
        self.refused("no class is called", answer(phone={**phone, "x-class": "secret"}))
        self.refused("a plain value or null", answer(phone={"type": "string", "x-class": "personal"}))
        self.refused("open in one place", answer(
            a={"type": "object", "properties": {"phone": {"type": "string"}}}, phone=phone))

    def test_what_is_not_checked_is_refused(self):
        for schema, words in (({"type": "string", "format": "email"}, "format email"),
                              ({"type": "integer", "multipleOf": 2}, "multipleOf"),
                              ({"type": "integer", "exclusiveMinimum": 2}, "exclusiveMinimum"),
                              ({"type": "string", "pattern": "abc"}, "between ^ and $"),
                              ({"type": "string", "pattern": "^(a|b)$"}, "does not know"),
                              ({"type": "string", "pattern": "^a*b*c*$"}, "open repeats"),
                              ({"type": "string", "pattern": "^[]a]$"}, "does not know"),
                              ({"type": "string", "pattern": "^\\w$"}, "does not know"),
                              ({"type": "string", "pattern": "^健$"}, "ASCII"),
                              ({"type": "integer", "enum": [1, 2]}, "enum"),
                              ({"type": "array", "items": {}}, "a parameter is"),
                              ({"$ref": "#/components/x"}, "leads nowhere")):
            self.refused(words, contract(parameters=parameter(**schema)))
        self.refused("oneOf", contract(method="post", requestBody=body(
            {"oneOf": [{"type": "string"}]})))
        self.refused("required x", contract(method="post", requestBody=body(
            {"type": "object", "properties": {"y": {}}, "required": ["x"]})))

    def test_a_schema_within_itself(self):
        api = contract(method="post", requestBody=body({"$ref": "#/components/schemas/A"}))
        api["components"] = {"schemas": {"A": {
            "type": "object", "properties": {"a": {"$ref": "#/components/schemas/A"}}}}}
        self.refused("within itself", api)

    def test_paths(self):
        self.refused("whole parameter", contract(path="/a-{b}"))
        self.refused("path's parameters", contract(path="/a/{b}"))
        self.refused("path's parameters", contract(parameters=[
            {"name": "b", "in": "path", "schema": {"type": "string"}}]))
        api = contract()
        api["paths"] = {f"/a/{{{name}}}": {
            "parameters": [{"name": name, "in": "path", "schema": {"type": "string"}}],
            "get": {"operationId": name, "x-permission": "public"}} for name in ("b", "c")}
        self.refused("looks the same", api)

    def test_operations(self):
        api = contract()
        api["paths"]["/b"] = api["paths"]["/a"]
        self.refused("same operationId", api)
        api = contract()
        del api["paths"]["/a"]["get"]["x-permission"]
        self.refused("x-permission", api)


if __name__ == "__main__":
    unittest.main()
