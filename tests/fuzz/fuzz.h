/*
 * tests/fuzz/fuzz.h -- what a fuzz target offers to libFuzzer and to replay.c.
 *
 * A target states a property of the code under test, not only that it does not crash: round trip,
 * counts add up, order kept.  A broken property is XJ_ASSERT.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
