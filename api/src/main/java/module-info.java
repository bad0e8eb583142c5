/** The part of Tollgate that a program sees: series, points, windows, answers. */
module io.tollgate.api {
    requires static transitive org.jspecify;

    exports io.tollgate.api;
    exports io.tollgate.api.admin;
    exports io.tollgate.api.group;
    exports io.tollgate.api.licence;
    exports io.tollgate.api.measure;
    exports io.tollgate.api.pair;
    exports io.tollgate.api.panel;
    exports io.tollgate.api.read;
    exports io.tollgate.api.series;
    exports io.tollgate.api.watch;
}
