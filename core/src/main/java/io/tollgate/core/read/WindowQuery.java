package io.tollgate.core.read;

import io.tollgate.api.read.Metric;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.read.ReadOptions;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Window;
import io.tollgate.core.metric.BasicMetrics;
import io.tollgate.core.metric.WindowValues;
import io.tollgate.core.number.ReadingText;
import io.tollgate.core.store.ReadableStore;
import io.tollgate.core.store.block.SeriesRecord;
import java.util.HashSet;
import java.util.List;

/** A reading of several windows of a series, all of them in one attempt. It can be filled again for another series. */
final class WindowQuery implements WindowReading {
    private final ReaderAccess access;
    private final Attempt attempt;
    private final List<Window> windowList;
    private final Window[] windows;
    private final WindowValues[] answers;

    WindowQuery(
            final ReaderAccess access,
            final Attempt attempt,
            final BasicMetrics basics,
            final ReadOptions options,
            final List<? extends Window> windowList,
            final Metric... metrics) {
        this.access = access;
        this.attempt = attempt;
        windowList.forEach(ReadArguments::requireWindow);
        final int count = windowList.size();
        if (count < 1 || count > MetricReader.MAX_WINDOWS || new HashSet<>(windowList).size() != count) {
            throw new IllegalArgumentException(
                    "windows=" + windowList + ", expected 1 to " + MetricReader.MAX_WINDOWS + " different windows");
        }
        this.windowList = List.copyOf(windowList);
        windows = windowList.toArray(Window[]::new);
        answers = new WindowValues[count];
        for (int i = 0; i < count; i++) {
            answers[i] = new WindowValues(basics, options, metrics);
        }
    }

    /** Fills the answers of a query. A reader has one attempt for all its queries. */
    static final class Attempt extends SeriesAttempt<WindowQuery> {
        private final WindowRead read;

        Attempt(final ReadableStore store, final SeriesRecord record, final AsOfView view) {
            super(store, record, view);
            read = new WindowRead(store.blocks());
        }

        @Override
        boolean fill(final SeriesRecord series, final long atNs, final long knownAtNs, final WindowQuery query) {
            final Window[] windows = query.windows;
            read.begin(series);
            for (int i = 0; i < windows.length; i++) {
                if (!read.readNext(series, windows[i], atNs, query.answers[i])) {
                    return false;
                }
            }
            return true;
        }
    }

    @Override
    public WindowReading read(final Series series, final long atNs) {
        access.require(series, atNs);
        return read(attempt.of(series), atNs);
    }

    @Override
    public WindowReading read(final long seriesNumber, final long atNs) {
        access.require(atNs);
        return read(attempt.of(seriesNumber), atNs);
    }

    private WindowReading read(final SeriesAttempt<WindowQuery> begun, final long atNs) {
        final Status status = access.read(begun, atNs, this);
        if (status != Status.OK) {
            for (final WindowValues answer : answers) {
                answer.none(status, atNs);
            }
        }
        return this;
    }

    @Override
    public List<Window> windows() {
        return windowList;
    }

    @Override
    public long atNs() {
        return answers[0].atNs();
    }

    @Override
    public Status status(final int window, final Metric metric) {
        return answer(window).status(metric);
    }

    @Override
    public double value(final int window, final Metric metric) {
        return answer(window).value(metric);
    }

    @Override
    public long count(final int window) {
        return answer(window).count();
    }

    @Override
    public boolean hasCarriedIn(final int window) {
        return answer(window).hasCarriedIn();
    }

    @Override
    public double carriedInValue(final int window) {
        return answer(window).carriedInValue();
    }

    @Override
    public long carriedInSinceNs(final int window) {
        return answer(window).carriedInSinceNs();
    }

    @Override
    public String toString() {
        final ReadingText text = new ReadingText("WindowReading").instant("at", atNs());
        for (int i = 0; i < answers.length; i++) {
            if (answers.length > 1) {
                text.add("window", windows[i]);
            }
            answers[i].describe(text);
        }
        return text.toString();
    }

    private WindowValues answer(final int window) {
        if (window < 0 || window >= answers.length) {
            throw new IndexOutOfBoundsException("window=" + window + ", expected 0 to " + (answers.length - 1)
                    + ", the index of a window of this reading");
        }
        return answers[window];
    }
}
