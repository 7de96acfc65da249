#include "app/app.h"
#include "doc/doc.h"

#include <string.h>

int
main(int argc, char **argv)
{
    int code;

    /* The child that reads one hostile file: nothing else of the program is started in it. */
    if (argc > 1 && strcmp(argv[1], "read-doc") == 0)
        return xj_doc_child_main(argc, argv);
    xj_mem_start();
    code = xj_app_main(argc, argv);
    xj_mem_stop();
    return code;
}
