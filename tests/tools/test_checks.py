"""The checks of tools/ find what they are there to find."""
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import check_docs  # noqa: E402
import check_layers  # noqa: E402
import check_openapi  # noqa: E402
import check_sizes  # noqa: E402
import check_words  # noqa: E402
import gendocs  # noqa: E402


class Layers(unittest.TestCase):
    LAYERS = "# floors\nbase:\nstore: base\norg: base store\n"

    def test_parse_gives_each_module_what_it_may_use(self):
        layers, problems = check_layers.parse(self.LAYERS)
        self.assertEqual(problems, [])
        self.assertEqual(layers["org"], {"base", "store"})

    def test_parse_refuses_a_module_below_that_uses_one_above(self):
        _, problems = check_layers.parse("base: store\nstore: base\n")
        self.assertEqual(len(problems), 1)
        self.assertIn("'base' uses 'store'", problems[0])

    def problems(self, path, text):
        layers, _ = check_layers.parse(self.LAYERS)
        return check_layers.check_file(path, text, layers)

    def test_an_edge_that_is_not_listed_is_refused(self):
        self.assertEqual(self.problems("src/org/unit.c", '#include "store/store.h"\n'), [])
        self.assertIn("may not use", self.problems("src/store/a.c", '#include "org/org.h"\n')[0])
        self.assertIn("no module", self.problems("src/org/a.c", '#include "ghost/a.h"\n')[0])

    def test_a_private_header_is_for_its_folder_and_its_tests(self):
        text = '#include "store/store_priv.h"\n'
        self.assertEqual(self.problems("src/store/lane.c", text), [])
        self.assertEqual(self.problems("tests/unit/store/test_lane.c", text), [])
        self.assertEqual(self.problems("tests/fuzz/fuzz_store.c", text), [])
        self.assertIn("private", self.problems("src/org/unit.c", text)[0])
        self.assertIn("private", self.problems("tests/unit/org/test_unit.c", text)[0])


class Sizes(unittest.TestCase):
    @staticmethod
    def source(lines):
        return "static int\nlong_one(void)\n{\n" + "    f();\n" * lines + "}\n"

    def test_a_function_is_as_long_as_its_body(self):
        self.assertEqual(list(check_sizes.functions(self.source(5))), [("long_one", 5)])

    def test_the_hard_limit_is_refused_without_a_reason(self):
        at = "src/a/b.c:long_one"
        self.assertEqual(check_sizes.check("src/a/b.c", self.source(120), {})[0], [])
        self.assertEqual(len(check_sizes.check("src/a/b.c", self.source(121), {})[0]), 1)
        self.assertEqual(check_sizes.check("src/a/b.c", self.source(121), {at: "a table"})[0], [])

    def test_the_soft_limit_is_a_remark(self):
        self.assertEqual(check_sizes.check("src/a/b.c", self.source(60), {})[1], [])
        self.assertEqual(len(check_sizes.check("src/a/b.c", self.source(61), {})[1]), 1)

    def test_a_file_above_the_limit_is_refused(self):
        self.assertEqual(len(check_sizes.check("src/a/b.h", "x\n" * 1201, {})[0]), 1)


class Words(unittest.TestCase):
    def test_a_path_of_one_machine_and_unfinished_work_are_found(self):
        text = "fine\nsee /wo" "rk/main and\n/* TO" "DO: more */\n"
        self.assertEqual([(line, what) for line, what, _ in check_words.find(text)],
                         [(2, "a path of one machine"), (3, "unfinished work")])

    def test_ordinary_words_are_not(self):
        self.assertEqual(list(check_words.find("the framework/root of todo lists, /workbench")), [])

    def test_a_registry_is_found(self):
        self.assertEqual(len(list(check_words.find("https://regis" "try.npm" "js.org/x"))), 1)


class Docs(unittest.TestCase):
    def test_a_dead_link_is_found(self):
        there = {"docs/a.md", "README.md"}
        text = "[a](a.md) [up](../README.md#x) [web](https://example.org) `[no](no.md)` [b](b.md)"
        self.assertEqual(list(check_docs.dead_links("docs/c.md", text, there.__contains__)),
                         ["docs/c.md: the link to 'b.md' leads nowhere"])

    def test_entries_join_literals(self):
        text = '/* X(NO, "x") */\nX(PORT, int, "8080",\n  "a, \\"b\\" "\n  "c")\n'
        self.assertEqual(list(gendocs.entries(text)), [["PORT", "int", "8080", 'a, "b" c']])

    def test_columns_carry_the_comment_above_or_behind(self):
        body = "    -- who\n    -- it is\n    id @INT@ NOT NULL,\n    n TEXT, -- name\n" \
               "    PRIMARY KEY (id)\n"
        self.assertEqual(list(gendocs.columns(body)),
                         [("id", "int NOT NULL", "who it is"), ("n", "TEXT", "name")])


    def test_a_table_carries_the_comment_above_it_alone(self):
        text = "-- file\n\n-- kept: a\nCREATE TABLE a (\n    n TEXT\n) @STRICT@;\n\n-- b\n" \
               "CREATE TABLE b (\n    -- m\n    n TEXT\n) @STRICT@;\n"
        self.assertEqual([(gendocs.prose(comment), table)
                          for comment, table, _ in gendocs.TABLE.findall(text)],
                         [("kept: a", "a"), ("b", "b")])


class OpenApi(unittest.TestCase):
    def api(self):
        return {
            "openapi": "3.1.0", "info": {"title": "t", "version": "1"},
            "tags": [{"name": "a"}],
            "paths": {"/api/v1/a/{id}": {"get": {
                "operationId": "getA", "tags": ["a"], "summary": "one / 一", "x-permission": "session",
                "parameters": [{"name": "id", "in": "path", "required": True,
                                "schema": {"type": "integer"}}],
                "responses": {"200": {"description": "d"},
                              "default": {"$ref": "#/components/responses/Problem"}}}}},
            "components": {"responses": {"Problem": {"description": "d"}}},
        }

    def test_a_sound_contract_has_no_problem(self):
        self.assertEqual(list(check_openapi.lint(self.api())), [])

    def test_words_of_states_are_all_of_them_and_no_others(self):
        words = check_openapi.words_of_states()["x-states"]["signing"]
        for enum, told in ((sorted(words), None), (sorted(words)[1:], sorted(words)[:1]),
                           ([*sorted(words), "lost"], ["lost"])):
            api = self.api()
            api["components"]["schemas"] = {
                "S": {"type": "string", "x-states": ["signing"], "enum": enum}}
            api["paths"]["/api/v1/a/{id}"]["get"]["parameters"][0]["schema"] = {
                "$ref": "#/components/schemas/S"}
            with self.subTest(told):
                self.assertEqual([str(told) in line for line in check_openapi.lint(api)],
                                 [True] if told else [])

    def test_what_is_wrong_is_said(self):
        cases = [
            (lambda o, p: o.pop("operationId"), "no operationId"),
            (lambda o, p: o["responses"].pop("default"), "no default response"),
            (lambda o, p: o["responses"].update(default={}), "not the problem"),
            (lambda o, p: o.update(summary="one"), "Chinese and English"),
            (lambda o, p: o["responses"].pop("200"), "no success"),
            (lambda o, p: o.update(requestBody={}), "x-body-max"),
            (lambda o, p: o.update(tags=["b"]), "not declared"),
            (lambda o, p: o["parameters"].clear(), "do not fit"),
            (lambda o, p: o["parameters"][0].pop("schema"), "no schema"),
            (lambda o, p: o["responses"].update(x={"$ref": "#/components/no"}), "leads nowhere"),
            (lambda o, p: p.update({"/api/v1/b": {"get": dict(o, parameters=[])}}), "is taken"),
            (lambda o, p: o.update({"x-permission": "public"}), "asks for a session"),
        ]
        for change, words in cases:
            with self.subTest(words):
                api = self.api()
                change(api["paths"]["/api/v1/a/{id}"]["get"], api["paths"])
                self.assertTrue(any(words in line for line in check_openapi.lint(api)),
                                list(check_openapi.lint(api)))


if __name__ == "__main__":
    unittest.main()
