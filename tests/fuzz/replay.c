/*
 * tests/fuzz/replay.c -- runs a fuzz target over the files of its corpus, without libFuzzer.
 *
 * usage: replay_NAME FOLDER.  TAP: one test, which fails where the folder holds no file; an input
 * that breaks a property ends the program, and the last line printed names the file.
 */
#include "fuzz/fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static int
is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static int
run_file(const char *folder, const char *name)
{
    char path[4096];
    struct stat info;
    uint8_t *data;
    FILE *file;
    size_t size;

    if (snprintf(path, sizeof path, "%s/%s", folder, name) >= (int)sizeof path)
        return -1;
    file = fopen(path, "rb");
    if (file == NULL || fstat(fileno(file), &info) != 0 || !S_ISREG(info.st_mode)) {
        if (file != NULL)
            fclose(file);
        return -1;
    }
    size = (size_t)info.st_size;
    /* Exactly as long as the input, so that ASan sees a read behind its end. */
    data = malloc(size == 0 ? 1 : size);
    if (data == NULL || fread(data, 1, size, file) != size) {
        free(data);
        fclose(file);
        return -1;
    }
    fclose(file);
    printf("# %s\n", path);
    fflush(stdout);
    LLVMFuzzerTestOneInput(data, size);
    free(data);
    return 0;
}

int
main(int argc, char **argv)
{
    struct dirent **entries;
    int count, good = 0;

    printf("1..1\n");
    if (argc != 2 || (count = scandir(argv[1], &entries, is_visible, alphasort)) < 0) {
        printf("not ok 1 - the corpus cannot be read\n");
        return 1;
    }
    LLVMFuzzerInitialize(&argc, &argv);
    for (int i = 0; i < count; i++) {
        if (run_file(argv[1], entries[i]->d_name) == 0)
            good++;
        free(entries[i]);
    }
    free(entries);
    printf("%sok 1 - %d of %d inputs\n", good == count && count > 0 ? "" : "not ", good, count);
    return good == count && count > 0 ? 0 : 1;
}
