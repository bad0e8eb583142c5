package io.tollgate.core.metric;

import io.tollgate.api.read.Cusum;
import io.tollgate.api.read.CusumChart;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Status;
import io.tollgate.core.number.CusumSum;
import io.tollgate.core.number.Quotients;
import io.tollgate.core.window.RunPoints;
import io.tollgate.core.window.SeriesRuns;

/** {@link Cusum}, observation by observation, in exact integers. */
final class CusumReading extends PointMetric {
    private static final long NANOS_PER_DAY = 86_400_000_000_000L;

    private final Quotients quotients;
    private final Cusum.Answer answer;
    private final boolean isResetOnAlarm;
    private final CusumSum sum;

    CusumReading(final Cusum metric, final Quotients quotients) {
        super(metric);
        this.quotients = quotients;
        answer = metric.answer();
        final CusumChart chart = metric.chart();
        isResetOnAlarm = chart.reset() == CusumChart.Reset.ON_ALARM;
        sum = new CusumSum(
                chart.side() == CusumChart.Side.UPPER,
                chart.mean(),
                chart.standardDeviation(),
                chart.slack(),
                chart.threshold());
    }

    private void answer(final long alarmCount, final long sinceAlarmNs) {
        if (answer == Cusum.Answer.SINCE_ALARM) {
            okRatio(sinceAlarmNs, NANOS_PER_DAY, quotients);
        } else {
            ok(answer == Cusum.Answer.SUM ? sum.value() : alarmCount);
        }
    }

    @Override
    boolean evaluate(final WindowFacts facts, final SeriesRuns runs) {
        if (facts.count() == 0) {
            none(Status.EMPTY);
            return true;
        }
        final RunPoints points = runs.points();
        boolean hasObservation = false;
        boolean isAlarm = false;
        long alarmCount = 0;
        long lastAlarmNs = 0;
        sum.clear();
        while (points.next()) {
            if (points.value() != Decimals.UNKNOWN && !points.isCarriedIn()) {
                if (isAlarm && isResetOnAlarm) {
                    sum.clear();
                }
                hasObservation = true;
                isAlarm = sum.add(points.value(), facts.scale());
                if (isAlarm) {
                    alarmCount++;
                    lastAlarmNs = points.time();
                }
            }
        }
        if (!hasObservation || answer == Cusum.Answer.SINCE_ALARM && alarmCount == 0) {
            none(Status.INSUFFICIENT);
        } else {
            answer(alarmCount, facts.atNs() - lastAlarmNs);
        }
        return points.isIntact();
    }
}
