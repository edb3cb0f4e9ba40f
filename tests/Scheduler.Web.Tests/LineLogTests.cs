using Microsoft.Extensions.Logging;
using Scheduler.App.Tests.Books;
using Scheduler.Web.Tests.Served;

namespace Scheduler.Web.Tests;

/// <summary>What the log of the host keeps, and what it must not.</summary>
public sealed class LineLogTests
{
    [Fact]
    public void A_line_says_when_how_bad_who_and_what_and_of_an_exception_its_type_alone()
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var log = new LineLog(output, new SetClock(ServedBook.Noon));
        var logger = log.CreateLogger("Delivery");

        using (logger.BeginScope("/a/token-of-a-patient"))
        {
            logger.LogError(new InvalidOperationException("Ada Brook", new FormatException("P-001")), "Nothing was\nsent.");
        }

        Assert.Equal("2027-01-04T17:00:00Z Error Delivery: Nothing was sent.\n  System.InvalidOperationException\n\n  System.FormatException\n\n", output.ToString());
    }
}
