using System.CommandLine;
using NodaTime;
using Scheduler.Cli.Output;
using Scheduler.Core.Formats;
using Scheduler.Core.Planning.Explanation.Places;

namespace Scheduler.Cli.Commands;

/// <summary><c>scheduler places</c></summary>
internal static class Places
{
    /// <summary>More days than that are looked at by nobody.</summary>
    private const int MostDays = 366;

    public static Command Make(Surroundings around)
    {
        var visit = new VisitOptions();
        var month = Values.Month("--month", "The month to look at; the weeks around the visit unless stated.");
        var from = Values.Date("--from", "The first day to look at, instead of a month.");
        var to = Values.Date("--to", "The last day to look at, instead of a month.");
        var format = Values.OneOf("--format", "How to print the result.", "text", "json");
        var command = new Command("places", "Says where a visit of a calendar may go while all others stay, what that costs, and what is in the way elsewhere.") { month, from, to, format };
        visit.AddTo(command);
        command.SetAction(parsed =>
        {
            var (chosen, first, last) = (parsed.GetValue(month), parsed.GetValue(from), parsed.GetValue(to));
            if (chosen is not null && (first ?? last) is not null)
            {
                throw new WrongUsage(["--month is a range of days by itself; leave out --from and --to, or give these alone."]);
            }

            if ((first is null) != (last is null))
            {
                throw new WrongUsage([$"{(first is null ? "--from" : "--to")} is missing; a range of days has both ends."]);
            }

            if (first > last)
            {
                throw new WrongUsage([$"From {Texts.Date(first.Value)} to {Texts.Date(last!.Value)} there is no day; --to is the last day to look at."]);
            }

            if (first is not null && Period.DaysBetween(first.Value, last!.Value) >= MostDays)
            {
                throw new WrongUsage([$"At most {MostDays} days can be looked at; from {Texts.Date(first.Value)} to {Texts.Date(last.Value)} there are {Period.DaysBetween(first.Value, last.Value) + 1}."]);
            }

            var movable = visit.Read(parsed, around);
            var days = chosen ?? (first is { } start ? new DateInterval(start, last!.Value) : WeeksAround(movable.Calendar.Find(movable.Id)!.Date));
            var places = VisitPlaces.Of(movable.Request, movable.Calendar, movable.Id, days);
            if (parsed.GetValue(format) == "json")
            {
                around.Output.Write(System.Text.Encoding.UTF8.GetString(PlacesJson.Write(movable.Request, places)));
            }
            else
            {
                new PlacesText(around, movable).Print(places);
            }

            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>From Monday two weeks before to Sunday two weeks after.</summary>
    private static DateInterval WeeksAround(LocalDate date)
    {
        var monday = date.PlusDays(1 - (int)date.DayOfWeek);
        return new(monday.PlusWeeks(-2), monday.PlusWeeks(3).PlusDays(-1));
    }
}
