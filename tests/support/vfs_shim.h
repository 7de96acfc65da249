/*
 * tests/support/vfs_shim.h -- an SQLite VFS that can be slow, full, or crash.
 *
 * It stands in front of the machine's own and remembers, for each file, what was written since its
 * last sync.  A simulated crash makes every later write fail; when all connections are closed,
 * shim_forget takes the unsynced writes back (or keeps some of them, torn), as a power cut may.
 * Nothing is really synced while crashes are simulated: what counts is what was asked for.
 *
 * As a preloaded library it slows the whole program's syncs down:
 *     LD_PRELOAD=.../libvfs_shim.so XJ_VFS_SYNC_MS=5 xingjian serve
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define SHIM_VFS "xjshim"

/* Register it under SHIM_VFS (once); all switches off. */
void shim_start(void);
/* Each sync of a file takes MS milliseconds longer. */
void shim_sync_ms(int ms);
/* Writes that make files grow fail with SQLITE_FULL once BYTES more were written; < 0: never. */
void shim_full_after(int64_t bytes);
/* Remember unsynced writes; the crash comes at the N-th write or sync from now (0: when told). */
void shim_watch(int64_t n);
void shim_crash(void);
bool shim_crashed(void);
/* After the crash, with every file closed: undo unsynced writes, all of them (SEED 0) or some.
 * Switches everything off again.  Returns the number of writes that were lost. */
int shim_forget(uint64_t seed);
