#pragma once
#include <cairo.h>
#include <fontconfig/fontconfig.h>
#include <harfbuzz/hb-ot.h>
#include <harfbuzz/hb-subset.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>
#include <zlib.h>

/* The casts below are GObject macros, which Swift does not import. */

static inline PangoFontMap *budstikke_font_map_create(FcConfig *config) {
    PangoFontMap *map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    if (map != NULL) {
        pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map), config);
        /* Points, not pixels: a PDF surface's unit is 1/72 inch. */
        pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(map), 72.0);
    }
    return map;
}

static inline int budstikke_add_font_file(FcConfig *config, const char *path) {
    return FcConfigAppFontAddFile(config, (const FcChar8 *)path);
}

static inline void budstikke_layout_destroy(PangoLayout *layout) {
    g_object_unref(layout);
}

static inline void budstikke_context_destroy(PangoContext *context) {
    g_object_unref(context);
}

static inline void budstikke_font_map_destroy(PangoFontMap *map) {
    g_object_unref(map);
}

/* The run that a list of a line's runs begins with, and the list after it: GSList holds void *. */
static inline PangoGlyphItem *budstikke_run(GSList *list) {
    return (PangoGlyphItem *)list->data;
}
