/* bare - the least that cairo and pango take for a document: the same strings, each set in a
 * layout and shown, a logo decoded once. Reads the text as pdftotext -layout gives it: a form feed
 * ends a page, two spaces or more end a string.
 *
 * usage: bare LOGO.png TEXT OUT.pdf; prints milliseconds of CPU and bytes a document. */
#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

enum { STRINGS_MAX = 4096, ROUNDS = 200, WARM_UP = 20 };

typedef struct {
    char *text;
    int page, row, column;
} String;

typedef struct {
    unsigned char *bytes;
    size_t count, capacity;
} Output;

static cairo_status_t append(void *context, const unsigned char *bytes, unsigned count) {
    Output *output = context;
    if (output->count + count > output->capacity) {
        output->capacity = (output->count + count) * 2;
        output->bytes = realloc(output->bytes, output->capacity);
    }
    memcpy(output->bytes + output->count, bytes, count);
    output->count += count;
    return CAIRO_STATUS_SUCCESS;
}

static int read_strings(const char *path, String *strings) {
    FILE *file = fopen(path, "r");
    static char line[4096];
    int count = 0, page = 0, row = 0;
    if (file == NULL) return 0;
    while (fgets(line, sizeof line, file) != NULL && count < STRINGS_MAX) {
        char *at = line;
        if (*at == '\f') { page++; row = 0; at++; }
        while (*at != '\0' && *at != '\n') {
            char *end = at;
            if (*at == ' ') { at++; continue; }
            while (*end != '\0' && *end != '\n' && strncmp(end, "  ", 2) != 0) end++;
            if (count < STRINGS_MAX)
                strings[count++] =
                    (String){strndup(at, end - at), page, row, (int)(at - line)};
            at = end;
        }
        row++;
    }
    fclose(file);
    return count;
}

static cairo_status_t draw(const String *strings, int count, cairo_surface_t *logo,
                           PangoFontDescription *regular, PangoFontDescription *bold,
                           Output *output) {
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(append, output, 595.28, 841.89);
    cairo_t *cairo = cairo_create(surface);
    PangoLayout *layout = pango_cairo_create_layout(cairo);
    int page = 0;
    cairo_save(cairo);
    cairo_translate(cairo, 57, 40);
    cairo_scale(cairo, 0.24, 0.24);
    cairo_set_source_surface(cairo, logo, 0, 0);
    cairo_paint(cairo);
    cairo_restore(cairo);
    cairo_set_source_rgb(cairo, 0.1, 0.1, 0.1);
    for (int i = 0; i < count; i++) {
        if (strings[i].page != page) { cairo_show_page(cairo); page = strings[i].page; }
        /* A headline's worth of bold, the rest regular: two faces, as we use. */
        pango_layout_set_font_description(layout, strings[i].row % 8 == 0 ? bold : regular);
        pango_layout_set_text(layout, strings[i].text, -1);
        cairo_move_to(cairo, 57 + strings[i].column * 4.2, 60 + strings[i].row * 12.5);
        pango_cairo_show_layout(cairo, layout);
    }
    cairo_show_page(cairo);
    g_object_unref(layout);
    cairo_destroy(cairo);
    cairo_surface_finish(surface);
    cairo_status_t status = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    return status;
}

static double cpu_milliseconds(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e3 +
           (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e3;
}

int main(int argc, char **argv) {
    static String strings[STRINGS_MAX];
    Output output = {NULL, 0, 0};
    if (argc != 4) return 64;
    int count = read_strings(argv[2], strings);
    cairo_surface_t *logo = cairo_image_surface_create_from_png(argv[1]);
    if (count == 0 || cairo_surface_status(logo) != CAIRO_STATUS_SUCCESS) return 65;
    PangoFontDescription *regular = pango_font_description_from_string("Liberation Sans 9");
    PangoFontDescription *bold = pango_font_description_from_string("Liberation Sans Bold 9");
    double start = 0;
    for (int round = -WARM_UP; round < ROUNDS; round++) {
        if (round == 0) start = cpu_milliseconds();
        output.count = 0;
        if (draw(strings, count, logo, regular, bold, &output) != CAIRO_STATUS_SUCCESS) return 70;
    }
    printf("%.4f %zu\n", (cpu_milliseconds() - start) / ROUNDS, output.count);
    FILE *file = fopen(argv[3], "wb");
    if (file == NULL) return 74;
    fwrite(output.bytes, 1, output.count, file);
    return fclose(file) == 0 ? 0 : 74;
}
