/*
 * doc/media.h -- pictures and films: what they are, and their bytes without where and by whom.
 *
 * A camera writes its position, its number and its owner into what it takes.  A bare file has the
 * same picture to the last bit, its orientation and its colours, and none of that; what somebody
 * put behind its end is not of the picture and goes too.  Knows no file and no name.  Read next:
 * doc/doc.h.
 */
#pragma once

#include "base/mem.h"
#include "base/str.h"

typedef enum xj_media_kind {
    XJ_MEDIA_NONE,
    XJ_MEDIA_JPEG,
    XJ_MEDIA_PNG,
    XJ_MEDIA_MP4
} xj_media_kind;

/* What BYTES are by their beginning. */
xj_media_kind xj_media_kind_of(xj_str bytes);

typedef struct xj_media {
    xj_str *parts; /* one behind the other they are the bare file; of BYTES or of RESULT */
    size_t n;
    bool bare; /* something was left out */
} xj_media;

/* BYTES of KIND without what the camera added: of JPEG all but the picture, its colours and its
 * orientation; of PNG the same; of MP4 the boxes of particulars become free space, so that nothing
 * moves.
 *
 * Errors: BAD_INPUT for a file whose parts do not fit each other, or that is cut off. */
XJ_MUST_USE xj_error *xj_media_bare(xj_media *media, xj_media_kind kind, xj_str bytes,
                                    xj_pool *result);
