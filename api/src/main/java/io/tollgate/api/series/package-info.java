/**
 * A series and its points: keys, kinds, units, times, values, and the windows over them.
 *
 * <pre>
 *   SeriesKey, SeriesKind, Unit, scale ─▶ SeriesDefinition ─ Engine.define ─▶ StepSeries | FlowSeries
 *   SeriesPolicies, Window ─────────────────┘
 *   Instants, Decimals, Status: the numbers of all other packages
 * </pre>
 *
 * <p>Begin reading at {@link io.tollgate.api.series.SeriesDefinition}. This package uses no other.
 */
@NullMarked
package io.tollgate.api.series;

import org.jspecify.annotations.NullMarked;
