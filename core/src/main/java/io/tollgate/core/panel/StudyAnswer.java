package io.tollgate.core.panel;

import io.tollgate.api.panel.EventMetric;
import io.tollgate.api.panel.EventStudy;
import io.tollgate.api.panel.EventStudyReading;
import io.tollgate.api.panel.StudyMetric;
import io.tollgate.api.series.Status;
import io.tollgate.core.number.CompensatedSum;
import io.tollgate.core.number.ReadingText;
import io.tollgate.core.read.LevelReader;
import java.util.Objects;

/** The answers of one read of an event study. Used by one thread. */
final class StudyAnswer extends PanelAnswer implements EventStudyReading {
    private final EventStudy study;
    private final StudyScan scan;
    private final RankTest rankTest;
    private final CompensatedSum sum = new CompensatedSum();
    private int count;
    private double mean;
    private double crossStatistic;
    private double rankStatistic;

    StudyAnswer(final EventStudy study, final StudyScan scan, final LevelReader reader) {
        super(reader, scan.levels());
        this.study = study;
        this.scan = scan;
        rankTest = new RankTest(study.estimationLength(), study.eventLength());
    }

    @Override
    public EventStudyReading read() {
        fill(scan);
        sumUp();
        return this;
    }

    private void sumUp() {
        final boolean isRead = isRead();
        count = 0;
        double first = 0;
        sum.clear();
        for (final EventFit fit : scan.fits()) {
            if (isRead && fit.isFitted()) {
                final double car = fit.value(EventMetric.CAR);
                first = count == 0 ? car : first;
                sum.add(car - first);
                count++;
            }
        }
        // The mean of equal values is exactly that value, so that their spread is 0.
        mean = first + sum.value() / count;
        sum.clear();
        for (final EventFit fit : scan.fits()) {
            if (isRead && fit.isFitted()) {
                final double difference = fit.value(EventMetric.CAR) - mean;
                sum.add(difference * difference);
            }
        }
        crossStatistic = mean / Math.sqrt(sum.value() / (count - 1.0) / count);
        rankStatistic = isRead ? rankTest.statistic(scan.fits()) : Double.NaN;
    }

    @Override
    public EventStudy study() {
        return study;
    }

    private EventFit fit(final int event, final int subject) {
        final int subjects = study.subjects().size();
        Objects.checkIndex(event, study.events().size());
        return scan.fits()[event * subjects + Objects.checkIndex(subject, subjects)];
    }

    @Override
    public Status status(final int event, final int subject, final EventMetric metric) {
        requireMetric(metric);
        final EventFit fit = fit(event, subject);
        return isRead() ? fit.status(metric) : outcome();
    }

    @Override
    public double value(final int event, final int subject, final EventMetric metric) {
        requireMetric(metric);
        final EventFit fit = fit(event, subject);
        return isRead() ? fit.value(metric) : Double.NaN;
    }

    @Override
    public double abnormal(final int event, final int subject, final int day) {
        final EventFit fit = fit(event, subject);
        Objects.checkIndex(day, study.eventLength());
        return !isRead() || !fit.isFitted() ? Double.NaN : fit.abnormal(study.estimationLength() + day);
    }

    @Override
    public int estimationCount(final int event, final int subject) {
        final EventFit fit = fit(event, subject);
        return isRead() ? fit.count() : 0;
    }

    @Override
    public long eventAtNs(final int event) {
        return scan.eventAtNs(Objects.checkIndex(event, study.events().size()));
    }

    @Override
    public Status status(final StudyMetric metric) {
        requireMetric(metric);
        if (!isRead()) {
            return outcome();
        }
        if (count == 0) {
            return Status.EMPTY;
        }
        if (metric == StudyMetric.T_CROSS && count == 1) {
            return Status.INSUFFICIENT;
        }
        if (!Double.isFinite(result(metric))) {
            return Status.UNDEFINED;
        }
        return count < scan.fits().length ? Status.PARTIAL : Status.OK;
    }

    @Override
    public double value(final StudyMetric metric) {
        return status(metric).hasValue() ? result(metric) : Double.NaN;
    }

    private static void requireMetric(final Object metric) {
        Objects.requireNonNull(metric, "metric=null, expected a metric");
    }

    private double result(final StudyMetric metric) {
        return switch (metric) {
            case MEAN_CAR -> mean;
            case T_CROSS -> crossStatistic;
            case RANK -> rankStatistic;
        };
    }

    @Override
    public String toString() {
        final ReadingText text = new ReadingText("EventStudyReading");
        for (final StudyMetric metric : StudyMetric.values()) {
            text.answer(metric.name(), status(metric), value(metric));
        }
        return text.toString();
    }
}
