package io.tollgate.data;

import io.tollgate.api.Engine;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesPattern;
import io.tollgate.core.directory.DirectoryView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The series of an engine, or of a data directory, to be read. Thread safe; a reader belongs to one thread. */
public interface SeriesSource {
    /**
     * Finds a series by its number.
     *
     * @param number number of the series, from 0.
     * @return the series, empty if there is none.
     * @throws IllegalStateException if the engine or the view is closed.
     */
    Optional<Series> find(long number);

    /**
     * Creates a reader.
     *
     * @return a reader for one thread.
     * @throws IllegalStateException if the engine or the view is closed.
     */
    MetricReader newReader();

    /**
     * Returns the series whose keys match a pattern.
     *
     * @param pattern a valid pattern, see {@link SeriesPattern}.
     * @return the current series in order of their keys.
     * @throws IllegalStateException if the engine or the view is closed.
     */
    default List<Series> series(final String pattern) {
        final List<Series> found = new ArrayList<>();
        Optional<Series> next = find(0);
        for (long number = 1; next.isPresent(); number++) {
            if (SeriesPattern.fits(pattern, next.get().key())) {
                found.add(next.get());
            }
            next = find(number);
        }
        found.sort(Comparator.comparing(Series::key));
        return found;
    }

    /**
     * Returns the series of an engine.
     *
     * @param engine running engine; methods of the source may be called as those of the engine.
     * @return the source.
     */
    static SeriesSource of(final Engine engine) {
        return new SeriesSource() {
            @Override
            public Optional<Series> find(final long number) {
                return engine.series().find(number);
            }

            @Override
            public MetricReader newReader() {
                return engine.newReader();
            }
        };
    }

    /**
     * Returns the series of a data directory, which an engine of any process may be writing.
     *
     * @param view of the directory.
     * @return the source.
     */
    static SeriesSource of(final DirectoryView view) {
        return new SeriesSource() {
            @Override
            public Optional<Series> find(final long number) {
                return view.find(number);
            }

            @Override
            public MetricReader newReader() {
                return view.newReader();
            }
        };
    }
}
