/*
 * doc/xml.c -- XML events by expat, with the doors shut: no document type, no entities, a depth
 * limit.
 */
#include "doc/doc_priv.h"

#include <expat.h>

struct reading {
    XML_Parser parser;
    const xj_xml_events *events;
    void *arg;
    int depth;
    const char *why; /* why we stopped it ourselves */
};

const char *
xj_xml__local(const char *name)
{
    const char *colon = strchr(name, ':');

    return colon == NULL ? name : colon + 1;
}

const char *
xj_xml__attr(const char **attrs, const char *name)
{
    for (; attrs[0] != NULL; attrs += 2) {
        if (strcmp(xj_xml__local(attrs[0]), name) == 0)
            return attrs[1];
    }
    return NULL;
}

int
xj_xml__attr_int(const char **attrs, const char *name, int otherwise)
{
    int64_t n;

    if (!xj_str_int(&n, xj_str_c(xj_xml__attr(attrs, name))) || n < INT32_MIN || n > INT32_MAX)
        return otherwise;
    return (int)n;
}

static void
stop(struct reading *r, const char *why)
{
    r->why = why;
    XML_StopParser(r->parser, XML_FALSE);
}

static void XMLCALL
on_start(void *arg, const char *name, const char **attrs)
{
    struct reading *r = arg;

    if (++r->depth > XJ_XML_DEPTH_MAX) {
        stop(r, "it is nested too deeply");
        return;
    }
    if (r->events->start != NULL)
        r->events->start(r->arg, xj_xml__local(name), attrs);
}

static void XMLCALL
on_end(void *arg, const char *name)
{
    struct reading *r = arg;

    r->depth--;
    if (r->events->end != NULL)
        r->events->end(r->arg, xj_xml__local(name));
}

static void XMLCALL
on_text(void *arg, const char *data, int len)
{
    struct reading *r = arg;

    r->events->text(r->arg, xj_str_of(data, (size_t)len));
}

static void XMLCALL
on_doctype(void *arg, const char *name, const char *sysid, const char *pubid, int internal)
{
    (void)name, (void)sysid, (void)pubid, (void)internal;
    stop(arg, "it declares a document type, which files of this kind never do");
}

xj_error *
xj_xml__read(xj_str xml, const xj_xml_events *events, void *arg, const char *part)
{
    struct reading r = {.parser = XML_ParserCreate(NULL), .events = events, .arg = arg};
    xj_error *err = NULL;

    if (r.parser == NULL)
        abort(); /* out of memory */
    XML_SetUserData(r.parser, &r);
    XML_SetElementHandler(r.parser, on_start, on_end);
    if (events->text != NULL)
        XML_SetCharacterDataHandler(r.parser, on_text);
    XML_SetStartDoctypeDeclHandler(r.parser, on_doctype);
    if (xml.len > INT32_MAX)
        err = xj_error_new(XJ_E_TOO_LARGE, "the part \"%s\" is too large", part);
    else if (XML_Parse(r.parser, xml.data, (int)xml.len, 1) != XML_STATUS_OK)
        err = xj_error_at(
            xj_error_new(XJ_E_BAD_INPUT, "the part \"%s\" is damaged at line %lu, column %lu: %s",
                         part, XML_GetCurrentLineNumber(r.parser),
                         XML_GetCurrentColumnNumber(r.parser),
                         r.why != NULL ? r.why : XML_ErrorString(XML_GetErrorCode(r.parser))),
            "%s", part);
    XML_ParserFree(r.parser);
    return err;
}
