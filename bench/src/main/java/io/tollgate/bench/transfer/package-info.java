/** The rates at which points leave a data directory as files, and come back, beside the rate of the engine. */
package io.tollgate.bench.transfer;
