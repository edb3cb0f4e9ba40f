namespace Scheduler.App.Storage.Tables;

/// <summary>Which arm an enrolment has, and the lists from which arms are drawn.</summary>
internal static class AllocationTable
{
    /// <summary>Keeps the arm of an enrolment.</summary>
    public static Task Allocate(this BookTransaction book, long enrolment, string arm) => book.Do("insert into allocation (enrolment, arm) values (@enrolment, @arm)", new { enrolment, arm });

    /// <summary>The arm of an enrolment; null where it has none.</summary>
    public static Task<string?> ArmOf(this BookTransaction book, long enrolment) => book.Row<string>("select arm from allocation where enrolment = @enrolment", new { enrolment });

    /// <summary>A clinic's list for a protocol, in its order.</summary>
    public static Task<List<AllocationRow>> AllocationList(this BookTransaction book, string clinic, string protocol) => book.Rows<AllocationRow>(
        "select number, arm, enrolment from allocation_entry where clinic = @clinic and protocol = @protocol order by number", new { clinic, protocol });

    /// <summary>Puts entries on a list.</summary>
    public static Task AddToList(this BookTransaction book, string clinic, string protocol, IEnumerable<(long Number, string Arm)> entries) =>
        book.InsertAll("allocation_entry", "clinic, protocol, number, arm", entries.Select(e => new object?[] { clinic, protocol, e.Number, e.Arm }));

    /// <summary>Draws the next entry of a list for an enrolment, and keeps its arm; its number, or null where the list is used up.</summary>
    public static async Task<long?> Draw(this BookTransaction book, string clinic, string protocol, long enrolment)
    {
        // Somebody else may draw the same one meanwhile: whoever is later finds it drawn, and looks for the next.
        while (await book.Row<long?>("select min(number) from allocation_entry where clinic = @clinic and protocol = @protocol and enrolment is null", new { clinic, protocol }) is { } number)
        {
            if (await book.Do("update allocation_entry set enrolment = @enrolment where clinic = @clinic and protocol = @protocol and number = @number and enrolment is null", new { clinic, protocol, number, enrolment }) == 1)
            {
                await book.Do("insert into allocation (enrolment, arm) select enrolment, arm from allocation_entry where clinic = @clinic and protocol = @protocol and number = @number", new { clinic, protocol, number });
                return number;
            }
        }

        return null;
    }
}

/// <summary>An entry of an allocation list, as kept.</summary>
internal sealed record AllocationRow(long Number, string Arm, long? Enrolment);
