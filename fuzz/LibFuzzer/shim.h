#ifndef BUDSTIKKE_LIBFUZZER_H
#define BUDSTIKKE_LIBFUZZER_H

#include <stddef.h>
#include <stdint.h>

/// libFuzzer has no header of its own: https://llvm.org/docs/LibFuzzer.html
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*read)(const uint8_t *bytes, size_t count));

#endif
