/*
 * text/similar.h -- how alike two texts are, by pairs of characters.
 */
#pragma once

#include "base/str.h"

/* Share of the shorter text's pairs of folded characters that the other has too, 0 to 1; white
 * space does not count, texts longer than 256 characters are compared by their beginnings. */
double xj_similarity(xj_str a, xj_str b);
