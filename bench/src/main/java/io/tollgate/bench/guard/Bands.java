package io.tollgate.bench.guard;

import com.fasterxml.jackson.jr.ob.JSON;
import io.tollgate.bench.pair.PairResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The recorded bands of one form of the guard on one processor, by pair name. Immutable. The file has an object for
 * each processor, which contains one for each form. A form contains an object for each pair, with {@code low} and
 * {@code high}.
 *
 * @param byName the bands by pair name.
 */
public record Bands(Map<String, Band> byName) {
    /**
     * Copies the bands.
     *
     * @param byName the bands by pair name.
     */
    public Bands {
        byName = Map.copyOf(byName);
    }

    /**
     * Returns the bands around measured ratios.
     *
     * @param results measured ratios.
     * @return a band for each result.
     */
    public static Bands around(final List<PairResult> results) {
        final Map<String, Band> bands = new TreeMap<>();
        results.forEach(result -> bands.put(result.name(), Band.around(result.ratio())));
        return new Bands(bands);
    }

    /**
     * Returns wider bands, for a machine on which these were not recorded.
     *
     * @param factor 1 or more.
     * @return each band from low / factor to high x factor.
     */
    public Bands widened(final double factor) {
        final Map<String, Band> bands = new TreeMap<>();
        byName.forEach((name, band) -> bands.put(name, band.widened(factor)));
        return new Bands(bands);
    }

    /**
     * Returns the bands of some pairs.
     *
     * @param names of the pairs to keep.
     * @return the bands whose names are in the collection.
     */
    public Bands keeping(final Collection<String> names) {
        final Map<String, Band> bands = new TreeMap<>(byName);
        bands.keySet().retainAll(names);
        return new Bands(bands);
    }

    /**
     * Returns these bands, replaced and extended by newer ones.
     *
     * @param newer bands that replace those of the same names.
     * @return the bands of both.
     */
    public Bands with(final Bands newer) {
        final Map<String, Band> bands = new TreeMap<>(byName);
        bands.putAll(newer.byName);
        return new Bands(bands);
    }

    /**
     * Reads the bands of a form that were recorded on a processor.
     *
     * @param file      with the bands of all processors.
     * @param processor on which they were recorded.
     * @param form      name of the form.
     * @return the bands, empty if the file has none.
     * @throws IOException if the file cannot be read.
     */
    public static Bands read(final Path file, final String processor, final String form) throws IOException {
        return of(file, processors(file).get(processor), form);
    }

    /**
     * Reads the bands of a form on all processors. The band of a pair reaches from the smallest low to the largest
     * high.
     *
     * @param file with the bands of all processors.
     * @param form name of the form.
     * @return the bands, empty if the file has none.
     * @throws IOException if the file cannot be read.
     */
    public static Bands readAll(final Path file, final String form) throws IOException {
        final Map<String, Band> bands = new TreeMap<>();
        for (final Object forms : processors(file).values()) {
            of(file, forms, form).byName.forEach((name, band) -> bands.merge(name, band, Band::union));
        }
        return new Bands(bands);
    }

    private static Bands of(final Path file, final Object forms, final String form) {
        final Map<String, Band> bands = new TreeMap<>();
        if (forms instanceof Map<?, ?> byForm && byForm.get(form) instanceof Map<?, ?> recorded) {
            recorded.forEach((name, band) -> bands.put((String) name, band(file, (String) name, band)));
        }
        return new Bands(bands);
    }

    private static Band band(final Path file, final String name, final Object value) {
        if (value instanceof Map<?, ?> ends
                && ends.get("low") instanceof Number low
                && ends.get("high") instanceof Number high) {
            return new Band(low.doubleValue(), high.doubleValue());
        }
        throw new IllegalArgumentException(
                "file=" + file + " pair=" + name + ", expected an object with the numbers low and high");
    }

    /**
     * Writes the bands of a form on a processor. The file keeps those of other forms and processors.
     *
     * @param file      created if it does not exist.
     * @param processor on which they were recorded.
     * @param form      name of the form.
     * @throws IOException if the file cannot be written.
     */
    public void write(final Path file, final String processor, final String form) throws IOException {
        final Map<String, Object> recorded = new LinkedHashMap<>();
        byName.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
                .forEach(entry -> recorded.put(entry.getKey(), ends(entry.getValue())));
        final Map<String, Object> processors = new TreeMap<>(processors(file));
        final Map<String, Object> forms = new TreeMap<>();
        if (processors.get(processor) instanceof Map<?, ?> others) {
            others.forEach((name, bands) -> forms.put((String) name, bands));
        }
        forms.put(form, recorded);
        processors.put(processor, forms);
        final String text = JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(processors);
        Files.writeString(file, text + "\n", StandardCharsets.UTF_8);
    }

    private static Map<String, Double> ends(final Band band) {
        final Map<String, Double> ends = new LinkedHashMap<>();
        ends.put("low", band.low());
        ends.put("high", band.high());
        return ends;
    }

    private static Map<String, Object> processors(final Path file) throws IOException {
        return Files.exists(file) ? JSON.std.mapFrom(Files.readString(file)) : Map.of();
    }
}
