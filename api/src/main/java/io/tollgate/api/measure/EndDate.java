package io.tollgate.api.measure;

/** What the date in an end means, which must be declared: the law knows both. */
public enum EndDate {
    /** "Through 9 November": the day is still part of it. It ends when the next day begins. */
    INCLUSIVE_DAY,
    /** "Until 12:01 a.m. on 10 November": it ends at the time of day, which is not part of it. */
    EXCLUSIVE_INSTANT
}
