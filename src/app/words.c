#include "app/words.h"

#include <string.h>

xj_word
xj_words_find(const char *key)
{
    int low = 0, high = XJ_W_COUNT;

    while (low < high) {
        int middle = (low + high) / 2;
        int order = strcmp(xj_words_rows[middle].key, key);

        if (order == 0)
            return (xj_word)middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return XJ_W_COUNT;
}
