package io.tollgate.core;

import io.tollgate.api.Answer;
import io.tollgate.api.Dependence;
import io.tollgate.api.MetricReader;
import io.tollgate.api.Series;
import io.tollgate.api.WatchedPanel;
import io.tollgate.api.WatchedPanelReadings;
import io.tollgate.api.WatchedValue;
import io.tollgate.core.panel.MemberReader;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.agrona.ErrorHandler;

/**
 * Makes looks at what is watched. Groups at an instant, stacks and pairs have one of their own, which knows where they
 * change; all else is a {@link WatchedValue} that rests on series and on these.
 */
final class PanelLooks {
    private final MemberReader panels;
    private final MetricReader reader;
    private final Function<String, Optional<Series>> finder;
    private final ErrorHandler errorHandler;

    /**
     * @param panels       reads many series.
     * @param reader       reads one and two.
     * @param finder       of series by key.
     * @param errorHandler is told what a look of the program's throws.
     */
    PanelLooks(
            final MemberReader panels,
            final MetricReader reader,
            final Function<String, Optional<Series>> finder,
            final ErrorHandler errorHandler) {
        this.panels = panels;
        this.reader = reader;
        this.finder = finder;
        this.errorHandler = errorHandler;
    }

    /** A look of its own. */
    PanelLook look(final WatchedPanel panel) {
        if (panel instanceof WatchedPanel.Between of) {
            return new BetweenLook(look(of.first()), look(of.second()), of.relation());
        }
        if (panel instanceof WatchedPanel.OfPair of) {
            return new PairLook(of, reader, panels.levels());
        }
        if (panel instanceof WatchedPanel.OfStack of) {
            return new StackLook(of.stack(), panels);
        }
        if (panel instanceof WatchedPanel.OfNode of) {
            return new GroupLook(of, panels);
        }
        if (panel instanceof WatchedPanel.OfGroup of && of.window().isEmpty()) {
            return new GroupLook(of.group(), of.metric(), panels);
        }
        return look(valueOf(panel));
    }

    private static WatchedValue valueOf(final WatchedPanel panel) {
        if (panel instanceof WatchedPanel.OfGroup of) {
            return WatchedPanelReadings.group(
                    of.window().orElseThrow(),
                    of.group(),
                    Answer.of(
                            of.metric().text(),
                            reading -> reading.status(of.metric()),
                            reading -> reading.value(of.metric())));
        }
        if (panel instanceof WatchedPanel.OfRatio of) {
            return WatchedPanelReadings.ratio(
                    of.window(),
                    of.ratio(),
                    Duration.ofNanos(of.earlierNs()),
                    Answer.of(of.metric().text(), reading -> reading.status(), reading -> reading.value(of.metric())));
        }
        return (WatchedValue) panel;
    }

    private PanelLook look(final WatchedValue value) {
        if (!value.isAsKnown() && value.dependences().stream().anyMatch(Dependence.OnAhead.class::isInstance)) {
            throw new IllegalArgumentException("watched=" + value.text()
                    + " rests on what lies ahead, expected one that is as known: all else would know the future");
        }
        final ChangeInstants instants = new ChangeInstants(value, this::look, panels.levels());
        final WatchedValue.Look look = value.sight().newLook(reader, panels);
        return value.isAsKnown()
                ? new ValueLook(look, instants, Optional.of(new VersionInstants(value, reader, finder)), errorHandler)
                : new ValueLook(look, instants, Optional.empty(), errorHandler);
    }
}
