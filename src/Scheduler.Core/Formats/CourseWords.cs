using Scheduler.Core.Courses;

namespace Scheduler.Core.Formats;

/// <summary>How the standing of a course is spelled.</summary>
internal static class CourseWords
{
    /// <summary>A status as formats spell it: <c>on hold</c>, <c>booked</c>.</summary>
    public static string NameOf(VisitStatus status) => status == VisitStatus.Held ? "on hold" : status.ToString().ToLowerInvariant();

    /// <summary>Reads a status.</summary>
    public static VisitStatus? ParseStatus(string text) =>
        Enum.GetValues<VisitStatus>().Where(s => NameOf(s) == text).Select(s => (VisitStatus?)s).FirstOrDefault();

    /// <summary>Why a course ended, as formats spell it.</summary>
    public static string NameOf(EndReason reason) => reason switch
    {
        EndReason.Done => "done",
        EndReason.Missed => "missed",
        EndReason.DayCondition => "day condition",
        EndReason.Result => "result",
        EndReason.Withdrawn => "withdrawn",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "A reason without a name here."),
    };

    /// <summary>Reads why a course ended.</summary>
    public static EndReason? ParseReason(string text) =>
        Enum.GetValues<EndReason>().Where(r => NameOf(r) == text).Select(r => (EndReason?)r).FirstOrDefault();
}
