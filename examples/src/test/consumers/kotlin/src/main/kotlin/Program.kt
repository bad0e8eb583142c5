import io.tollgate.api.read.Metric
import io.tollgate.api.series.Instants
import io.tollgate.api.series.SeriesDefinition
import io.tollgate.api.series.Unit
import io.tollgate.api.series.Window
import io.tollgate.core.EngineContext
import io.tollgate.core.TollgateEngine
import java.time.Duration

fun main() {
    TollgateEngine.launch(EngineContext()).use { engine ->
        val rate = engine.defineStep(SeriesDefinition.step("tariff.US.CN", Unit.PERCENT, 1))
        val publisher = engine.publisher()
        publisher.offer(rate, Instants.parse("2025-04-10T04:01Z"), rate.scaled("145"))
        engine.awaitApplied(publisher.offer(rate, Instants.parse("2025-05-14T04:01Z"), rate.scaled("30")))
        val may = engine.newReader().window(Window.sliding(Duration.ofDays(31)), Metric.MEAN)
        may.read(rate, Instants.parse("2025-06-01T04:00Z"))
        println("${may.value(Metric.MEAN)} ${may.status(Metric.MEAN)}")
    }
}
