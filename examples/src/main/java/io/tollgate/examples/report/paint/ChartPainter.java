package io.tollgate.examples.report.paint;

import io.tollgate.examples.report.model.BarChart;
import io.tollgate.examples.report.model.Chart;
import io.tollgate.examples.report.model.CurveChart;
import io.tollgate.examples.report.model.StepChart;

/** A chart laid out for a format, ready to be drawn on any canvas. */
public interface ChartPainter {
    static ChartPainter of(final Chart chart, final ChartFormat format) {
        if (chart instanceof StepChart steps) {
            return new StepChartPainter(steps, format);
        }
        return chart instanceof CurveChart curves
                ? new CurveChartPainter(curves, format)
                : new BarChartPainter((BarChart) chart, format);
    }

    /** Returns the height of the whole chart in pixels; its width is given by the format. */
    double height();

    void paint(Canvas canvas);
}
