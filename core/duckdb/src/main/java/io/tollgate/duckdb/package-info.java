/**
 * Parquet files, and SQL over engines and data directories, by the embedded database DuckDB.
 *
 * <pre>
 *   RowProducer ─▶ ProducedTable ─▶ SqlTables ─▶ java.sql.Connection ─▶ SqlResult ─▶ RowWriter
 *   RowWriter ◁─ ParquetRowWriter ─▶ file.parquet ─▶ ParquetRowReader ─▷ RowReader
 * </pre>
 *
 * <p>DuckDB reads the rows of the engine through table functions, batch by batch; nothing is copied into tables. It may
 * not load extensions, so it opens no connection to a network. Begin reading at
 * {@link io.tollgate.duckdb.SqlTables#connect}.
 */
@NullMarked
package io.tollgate.duckdb;

import org.jspecify.annotations.NullMarked;
