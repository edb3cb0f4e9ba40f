namespace Scheduler.App.Audit;

/// <summary>Something that was done: who, what, what was before and is after, and why. It holds ids and digests, never what a patient is called or where they can be reached.</summary>
/// <param name="Clinic">Where.</param>
/// <param name="Actor">The account of who did it.</param>
/// <param name="Act">What was done, in a word or two: <c>book</c>.</param>
/// <param name="Subject">To what: <c>E-17</c>.</param>
/// <param name="Before">What was before, as JSON; empty for nothing.</param>
/// <param name="After">What is after, as JSON; empty for nothing.</param>
/// <param name="Why">The reason where one was given.</param>
public sealed record AuditEntry(string Clinic, string Actor, string Act, string Subject, string Before, string After, string Why);

/// <summary>An entry in its place in the chain of its clinic.</summary>
/// <param name="Number">Its place, from 1.</param>
/// <param name="At">When, in seconds since 1970-01-01T00:00Z.</param>
/// <param name="Entry">What was done.</param>
/// <param name="Previous">The hash of the entry before; empty for the first.</param>
/// <param name="Hash">The hash of this one.</param>
public sealed record AuditLink(long Number, long At, AuditEntry Entry, string Previous, string Hash);
