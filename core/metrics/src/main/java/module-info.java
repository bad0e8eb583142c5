/** The statistics of an engine as meters of Micrometer. */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"})
module io.tollgate.micrometer {
    requires transitive io.tollgate.api;
    requires transitive micrometer.core;
    requires static org.jspecify;

    exports io.tollgate.micrometer;
}
