#!/usr/bin/python3
"""What tools/wordsgen.py, tools/tsvgen.py and tools/pagesgen.py make, and what they refuse."""
import contextlib
import io
import os
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../tools"))
sys.dont_write_bytecode = True
import pagesgen  # noqa: E402
import tsvgen  # noqa: E402
import wordsgen  # noqa: E402


class Folder(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def write(self, name, text):
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(self.path(name), "wb") as f:
            f.write(text.encode() if isinstance(text, str) else text)
        return self.path(name)

    def read(self, name):
        with open(self.path(name), encoding="utf-8") as f:
            return f.read()

    def said(self, function, *args):
        """(what FUNCTION returns, what it writes to standard error)"""
        err = io.StringIO()
        with contextlib.redirect_stderr(err):
            return function(*args), err.getvalue()


class Words(Folder):
    def made(self, text):
        return self.said(wordsgen.main, self.write("w.tsv", text), self.path("w.h"),
                         self.path("w.c"))

    def test_rows_become_an_enum_and_texts(self):
        code, _ = self.made("# remark\na.b\t“甲”\\n{1}\t\"x\" {1}\na.c_OK\t乙\ty\n")
        self.assertEqual(code, 0)
        self.assertIn("    XJ_W_a_b,\n    XJ_W_a_c_OK,\n    XJ_W_COUNT\n", self.read("w.h"))
        self.assertIn('[XJ_W_a_b] = {"a.b", "“甲”\\n{1}", "\\"x\\" {1}"},', self.read("w.c"))

    def test_mistakes_are_refused_with_their_line(self):
        for text, words in (("a\tb\n", "w.tsv:1: expected key"), ("a\tb\t\n", "w.tsv:1: expected"),
                            ("a\tb\tc\tд\n", "w.tsv:1: expected"), ("A\tb\tc\n", "is no key"),
                            ("b\tb\tc\na\tb\tc\n", "w.tsv:2"), ("a\tb\tc\na\tb\tc\n", "w.tsv:2"),
                            ("a\t{1}\tc\n", "places")):
            code, err = self.made(text)
            self.assertEqual(code, 1, text)
            self.assertIn(words, err)


class Tsv(Folder):
    def made(self, text, columns="2"):
        return self.said(tsvgen.main, self.write("t.tsv", text), self.path("t.c"), "x/x.h", "row",
                         "xj_x__rule", columns)

    def test_rows_become_an_array(self):
        code, _ = self.made("# remark\n甲\t-\nb\t\"c\\\n")
        self.assertEqual(code, 0)
        self.assertIn('const row xj_x__rules[] = {\n    {"甲", NULL},\n    {"b", "\\"c\\\\"},\n};\n'
                      "const size_t xj_x__nrules = 2;\n", self.read("t.c"))

    def test_mistakes_are_refused(self):
        for text in ("a\n", "a\tb\tc\n", "a\t\n", "a\tb\na\tb\n"):
            code, err = self.made(text)
            self.assertEqual(code, 1, text)
            self.assertIn("t.tsv", err)


class Pages(Folder):
    def made(self):
        return self.said(pagesgen.main, self.path("dist"), self.path("p.c"), self.path("packed"),
                         self.path("p.d"))

    def test_without_pages_there_is_one_that_says_so(self):
        self.assertEqual(self.made(), (0, ""))
        self.assertIn('{"/index.html", "text/html; charset=utf-8"', self.read("p.c"))
        self.assertIn("const size_t xj_npages = 1;", self.read("p.c"))

    def test_files_are_listed_by_path_and_compiled_in(self):
        self.write("dist/index.html", "<!doctype html>" + "x" * 500)
        self.write("dist/assets/a-1.js", "y" * 500)
        self.write("dist/assets/b.png", b"\x89PNG")
        self.write("dist/assets/a-1.js.map", "{}")
        self.assertEqual(self.made(), (0, ""))
        text = self.read("p.c")
        self.assertLess(text.index('"/assets/a-1.js"'), text.index('"/assets/b.png"'))
        self.assertLess(text.index('"/assets/b.png"'), text.index('"/index.html"'))
        self.assertNotIn(".map", text)
        self.assertRegex(text, r'"/assets/b.png", "image/png", "[0-9a-f]{20}", true, '
                               r"xj_page_1_body, xj_page_1_body_end, "
                               r"xj_page_1_body_end, xj_page_1_body_end")
        self.assertRegex(text, r'"/index.html", [^,]*, "[0-9a-f]{20}", false')
        self.assertIn("assets/a-1.js", self.read("p.d"))
        self.write("app/pages.h", """
            #include <stdbool.h>
            #include <stddef.h>
            typedef struct xj_page { const char *path, *type, *etag; bool lasting;
                const unsigned char *body, *body_end, *gzip, *gzip_end; } xj_page;
            extern const xj_page xj_pages[]; extern const size_t xj_npages;""")
        self.write("m.c", """
            #include "app/pages.h"
            #include <string.h>
            int main(void) { const xj_page *p = &xj_pages[0];
                return xj_npages == 3 && p->body_end - p->body == 500 && p->body[499] == 'y' &&
                       p->gzip_end - p->gzip < 100 && p->gzip[0] == 0x1f ? 0 : 1; }""")
        built = self.path("m")
        subprocess.run(["cc", "-I", self.folder.name, "-o", built, self.path("m.c"),
                        self.path("p.c")], check=True)
        subprocess.run([built], check=True)

    def test_a_file_of_an_unknown_kind_is_refused(self):
        self.write("dist/index.html", "x")
        self.write("dist/run.exe", "x")
        code, err = self.made()
        self.assertEqual(code, 1)
        self.assertIn("/run.exe", err)


if __name__ == "__main__":
    unittest.main()
