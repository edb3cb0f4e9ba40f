using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.Text;
using Scheduler.Core.Clinics;
using Scheduler.Core.Courses;
using Scheduler.Core.Formats;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Verification;
using Scheduler.Core.Protocols;
using Scheduler.Core.Protocols.Compilation;

namespace Scheduler.Core.Tests.Courses;

/// <summary>
/// Reads a story as a clinician tells it, lets it happen, and says what has come of it. Visits take place at their booked times unless the
/// story says otherwise.
/// </summary>
internal sealed partial class Story
{
    private static readonly Clinic Small = Repository.Clinic("clinic-small.yaml");

    private readonly StringBuilder told = new();

    // What was planned last; in brief stories forgotten once it is booked.
    private readonly StringBuilder planned = new();
    private readonly Clinic clinic;
    private readonly bool isBrief;
    private CourseState state;
    private TreatmentCalendar? calendar;

    private Story(Course course, Clinic clinic, bool isBrief) => (state, this.clinic, this.isBrief) = (CourseState.Begin(course), clinic, isBrief);

    /// <summary>What has come of a story: one line a thing.</summary>
    public static string Tell(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var begin = Array.IndexOf(lines, "story:");
        var head = lines[..begin].Where(l => !l.StartsWith('#')).ToList();
        var named = head[0]["protocol: ".Length..].Split(' ');
        var events = string.Join('\n', head.Skip(1));
        var protocol = Protocol(named[0], events);
        string? arm = null;
        List<string> streams = [];
        foreach (var word in named.Skip(1))
        {
            _ = word.StartsWith('+') ? Add(streams, word[1..]) : (arm = word) is not null;
        }

        var course = Course.Enrol("P-1", new(2027, 1, 4), protocol, arm, streams);
        if (course.Value is not { } enrolled)
        {
            return string.Concat(course.Diagnostics.Select(d => $"> {d}\n"));
        }

        var story = new Story(enrolled, Small, isBrief: false);
        foreach (var line in lines[(begin + 1)..].Where(l => l.Length > 0 && !l.StartsWith('>')))
        {
            story.Happen(line);
        }

        return story.told.ToString();
    }

    private static bool Add(List<string> list, string item)
    {
        list.Add(item);
        return true;
    }

    private static Protocol Protocol(string name, string events)
    {
        var file = $"{name}.yaml";
        var text = Repository.Text($"tests/Scheduler.Core.Tests/Courses/Protocols/{file}");
        return ProtocolCompiler.Compile(file, text + events + "\n").Required;
    }

    private void Happen(string line)
    {
        if (PlanLine().Match(line) is { Success: true } plan)
        {
            LocalDate from = plan.Groups["day"].Value switch
            {
                "" => LocalDatePattern.Iso.Parse(plan.Groups["from"].Value).Value,
                "same" => state.LastAt!.Value.Date,
                _ => state.LastAt!.Value.Date.PlusDays(1),
            };
            Plan(from, plan.Groups["keep"].Success ? LocalDatePattern.Iso.Parse(plan.Groups["keep"].Value).Value : null, plan.Groups["minor"].Success);
        }
        else if (UntilLine().Match(line) is { Success: true } until)
        {
            TakePlace(Visits(until.Groups["visit"].Value).Single());
        }
        else if (line == "all is booked")
        {
            planned.Clear();
            var open = calendar!.Visits.Where(v => !state.Find(v.Id).IsHeld && state.Find(v.Id).Booking != v);
            Tell(new CourseEvent.Booked(state.LastAt ?? new LocalDateTime(2027, 1, 1, 12, 0), [.. open]));
        }
        else
        {
            Events(line).ToList().ForEach(Tell);
        }
    }

    /// <summary>What was booked, is needed as far as anybody knows, and begins before a visit takes place as booked.</summary>
    private void TakePlace(VisitId end)
    {
        var limit = state.Find(end).Booking!.Start;
        var events =
            from visit in state.Visits.Values
            where visit.IsAwaited && visit.Booking!.Start < limit
            let need = state.Protocol.TypeOf(visit.Id).OnlyIf
            where need is null || state.IsTrue(need) == Truth.True
            from e in new CourseEvent[] { new CourseEvent.Started(visit.Booking!.Start, visit.Id), new CourseEvent.Completed(visit.Booking.End, visit.Id) }
            orderby e.At
            select e;
        events.ToList().ForEach(Tell);
    }

    private void Tell(CourseEvent next)
    {
        var after = state.After(next);
        Say(after.Diagnostics.Select(d => d.ToString()));
        if (after.Value is { } now)
        {
            seen?.Note(state, next, now);
            state = now;
        }
    }

    private IEnumerable<CourseEvent> Events(string line)
    {
        if (ScoreLine().Match(line) is { Success: true } score)
        {
            var visit = Visits(score.Groups["visit"].Value).Single();
            var value = score.Groups["value"].Value;
            return value is "yes" or "no"
                ? [new CourseEvent.AnswerRecorded(Now(visit), visit, score.Groups["outcome"].Value, value == "yes")]
                : [new CourseEvent.ScoreRecorded(Now(visit), visit, score.Groups["outcome"].Value, int.Parse(value, CultureInfo.InvariantCulture))];
        }

        if (JudgedLine().Match(line) is { Success: true } judged)
        {
            return [new CourseEvent.ConditionJudged(state.LastAt!.Value, judged.Groups["condition"].Value, judged.Groups["not"].Value.Length == 0)];
        }

        if (line.StartsWith("the protocol becomes ", StringComparison.Ordinal))
        {
            return [new CourseEvent.Amended(state.LastAt!.Value, Protocol(line["the protocol becomes ".Length..], ""))];
        }

        var match = VisitLine().Match(line);
        return Visits(match.Groups["visit"].Value).SelectMany(v => Events(v, match.Groups["what"].Value));
    }

    private IEnumerable<CourseEvent> Events(VisitId visit, string what)
    {
        var booking = state.Visits.GetValueOrDefault(visit)?.Booking;
        var (start, end) = (booking?.Start ?? state.LastAt ?? new(2027, 1, 4, 8, 0), booking?.End ?? state.LastAt ?? new(2027, 1, 4, 8, 0));
        var late = LateWords().Match(what) is { Success: true } minutes ? int.Parse(minutes.Groups["late"].Value, CultureInfo.InvariantCulture) : 0;
        return Words().Replace(LateWords().Replace(what, ""), "") switch
        {
            "takes place" or "take place" => [new CourseEvent.Started(start.PlusMinutes(late), visit), new CourseEvent.Completed(end.PlusMinutes(late), visit)],
            "is confirmed" => [new CourseEvent.Confirmed(state.LastAt!.Value, visit)],
            "has its patient" => [new CourseEvent.Arrived(start.PlusMinutes(late), visit)],
            "begins" => [new CourseEvent.Started(LocalDateTime.Max(start.PlusMinutes(late), state.LastAt ?? start), visit)],
            "is completed" => [new CourseEvent.Completed(LocalDateTime.Max(end, state.LastAt ?? end), visit)],
            "is missed" or "are missed" => [new CourseEvent.Missed(start.PlusMinutes(30), visit)],
            "is held" => [new CourseEvent.Held(start, visit, what.Split(" for ") is [_, var condition] ? condition : null)],
            "is called off by the patient" => [new CourseEvent.Cancelled(state.LastAt!.Value, visit, Party.Patient)],
            "is called off by the clinic" => [new CourseEvent.Cancelled(state.LastAt!.Value, visit, Party.Clinic)],
            "is to be repeated" => [new CourseEvent.ToBeRepeated(state.LastAt!.Value, visit)],
            "finds no place" => [new CourseEvent.NoPlaceFound(state.LastAt!.Value, visit)],
            _ => throw new FormatException($"What does '{what}' mean?"),
        };
    }

    private LocalDateTime Now(VisitId visit)
    {
        var end = state.Visits.GetValueOrDefault(visit)?.Completed ?? new(2027, 1, 4, 8, 0);
        return state.LastAt is { } last ? LocalDateTime.Max(last, end) : end;
    }

    private void Plan(LocalDate from, LocalDate? keptUntil, bool withMinor = false)
    {
        told.Append(planned);
        planned.Clear();
        Say(isBrief ? BriefStanding() : Standing());
        var patient = Patient.Anyone with { Id = "P-1" };
        var request = NextRequest.Of(state, clinic, patient, from, keptUntil is { } kept ? b => b.Date <= kept : null);
        Say(request.Diagnostics.Select(d => d.ToString()));
        if (request.Value is not { } asked)
        {
            return;
        }

        Say("left out", isBrief ? Ranges(asked.LeftOut.Where(v => !state.Find(v).IsOut)) : asked.LeftOut.Select(v => v.ToString()));
        Say("asked besides", asked.Protocol.Rules.Where(r => !state.Protocol.Rules.Any(o => o.Id == r.Id)).Select(r => r.Id));
        Say("counted anew", asked.Protocol.Rules.Where(r => AnchorOf(r) is { } a && state.Protocol.Rules.Any(o => o.Id == r.Id && AnchorOf(o) != a)).Select(r => $"{r.Id} from {AnchorOf(r)}"));
        asked = withMinor ? asked with { Deviations = DeviationLimit.Minor } : asked;
        var outcome = Planned(asked);
        if (outcome is Outcome.Infeasible none)
        {
            Say(none.Conflicts.Select(c => $"no calendar: {c.Message}"));
            return;
        }

        Say(outcome is Outcome.Unproved ? ["not proved"] : []);
        if (CalendarJson.Proposals(outcome) is not [var proposal, ..])
        {
            return;
        }

        var verdict = Verifier.Judge(asked, proposal.Calendar);
        Say(verdict.Breaches.Select(b => $"BREACH {b.Message}"));
        if (isBrief)
        {
            Say(Moves(asked, calendar, proposal.Calendar));
            calendar = proposal.Calendar;
            Say("if needed, without a place", Ranges(calendar.Unplaced));
            return;
        }

        calendar = proposal.Calendar;
        foreach (var visit in calendar.Visits.OrderBy(v => v.Start))
        {
            var mark = asked.Fixed.Any(f => f.Id == visit.Id) ? ", stays" : asked.Protocol.TypeOf(visit.Id).IsConditional ? ", if needed" : "";
            Say([$"plan {visit.Start.ToString("ddd uuuu-MM-dd HH:mm", CultureInfo.InvariantCulture)} {visit.Id}{mark}"]);
        }

        Say("if needed, without a place", calendar.Unplaced.Select(v => v.ToString()));
    }

    private static Anchor? AnchorOf(Rule rule) => (rule as Rule.Window)?.Anchor ?? (rule as Rule.HourWindow)?.Anchor;

    private IEnumerable<string> Standing()
    {
        foreach (var group in state.Protocol.Visits.Select(state.Find).Where(v => v.Status != VisitStatus.Planned).GroupBy(v => v.Status).OrderBy(g => g.Key))
        {
            yield return $"{group.Key.ToString().ToLowerInvariant()}: {string.Join(", ", group.Select(v => v.Id))}";
        }

        foreach (var condition in state.Protocol.Conditions.Where(c => state.IsTrue(c.Id) != Truth.Unknown))
        {
            yield return $"{condition.Id}: {state.IsTrue(condition.Id).ToString().ToLowerInvariant()}";
        }

        foreach (var (visit, condition) in state.Failures)
        {
            yield return $"failed: {condition} at {visit}";
        }

        foreach (var (rule, times) in state.Applied.OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            yield return $"applied: {rule} {times} time{(times == 1 ? "" : "s")}";
        }
    }

    private void Say(string what, IEnumerable<string> items)
    {
        var all = string.Join(", ", items);
        if (all.Length > 0)
        {
            Say([$"{what}: {all}"]);
        }
    }

    private void Say(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            (isBrief && (!line.StartsWith("P-1:", StringComparison.Ordinal) || line.StartsWith("P-1:1:", StringComparison.Ordinal)) ? planned : told).Append(CultureInfo.InvariantCulture, $"> {line}\n");
        }
    }

    private IEnumerable<VisitId> Visits(string names)
    {
        foreach (var name in names.Split(" and "))
        {
            var parts = name.TrimEnd(']').Split('[');
            var (from, to) = parts.Length == 1
                ? (1, state.Protocol.VisitTypes.FirstOrDefault(t => t.Id == parts[0])?.Count ?? 1)
                : parts[1].Split(" to ") is [var a, var b] ? (Number(a), Number(b)) : (Number(parts[1]), Number(parts[1]));
            for (var n = from; n <= to; n++)
            {
                yield return new(parts[0], n);
            }
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex("^plan from ((?<from>[0-9-]+)|the (?<day>next|same) day)(, keeping until (?<keep>[0-9-]+))?(?<minor>, with minor deviations)?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PlanLine();

    [GeneratedRegex(@"^all takes place until (?<visit>[a-z0-9-]+(\[\d+\])?)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UntilLine();

    [GeneratedRegex(@"^(?<outcome>[a-z0-9-]+) at (?<visit>[a-z0-9-]+(\[\d+\])?) is (?<value>\d+|yes|no)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ScoreLine();

    [GeneratedRegex("^the clinic judges: (?<not>not )?(?<condition>[a-z0-9-]+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex JudgedLine();

    [GeneratedRegex(@"^(?<visit>[a-z0-9-]+(\[[0-9to ]+\])?( and [a-z0-9-]+(\[[0-9to ]+\])?)*) (?<what>.+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VisitLine();

    [GeneratedRegex(@",? (?<late>\d+) min late$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LateWords();

    [GeneratedRegex(" for .*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Words();
}
