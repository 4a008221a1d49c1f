#pragma once
#include <librsvg/rsvg.h>

/* GObject's own calls take void *, which Swift would let anything be passed as. */
static inline void budstikke_svg_destroy(RsvgHandle *handle) {
    g_object_unref(handle);
}
