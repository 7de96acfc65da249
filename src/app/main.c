#include "app/app.h"

int
main(int argc, char **argv)
{
    int code;

    xj_mem_start();
    code = xj_app_main(argc, argv);
    xj_mem_stop();
    return code;
}
