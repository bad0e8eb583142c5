module consumer {
    requires io.tollgate.api;
    requires io.tollgate.core;
}
