using NodaTime;
using Scheduler.Core.Clinics;

namespace Scheduler.Core.Tests.Clinics;

public sealed class SampleTests
{
    [Fact]
    public void The_busy_clinic_is_read_as_it_says()
    {
        var clinic = Repository.Clinic("clinic-busy.yaml");

        Assert.Equal(("America/New_York", 15), (clinic.Zone.Id, clinic.GridMinutes));
        Assert.Equal("08:00 to 12:00", string.Join(", ", clinic.OpenOn(new LocalDate(2026, 12, 24))));
        Assert.Empty(clinic.OpenOn(new LocalDate(2028, 12, 25)));
        var okafor = clinic.Find("therapist-okafor")!;
        Assert.Equal("08:30 to 13:00", string.Join(", ", clinic.WorkingHours(okafor, new LocalDate(2026, 11, 27))));
        Assert.Empty(clinic.WorkingHours(okafor, new LocalDate(2026, 12, 4)));
        Assert.Equal("08:30 to 13:00", string.Join(", ", clinic.WorkingHours(okafor, new LocalDate(2026, 11, 13))));
        Assert.Empty(clinic.WorkingHours(okafor, new LocalDate(2026, 11, 20)));
        Assert.Equal(735, okafor.LatestStart);
        Assert.Equal(360, clinic.Find("therapist-kim")!.MaxContactMinutes);
        var osei = clinic.Find("dr-osei")!;
        Assert.Equal((4, 15, 1), (osei.Supervises, osei.HandsOnMinutes, osei.Capacity));
        var infusion = clinic.Bookings.First(b => b.Resource == "chair-1" && b.Hours.To - b.Hours.From == 160);
        Assert.Contains(new Booking("dr-osei", infusion.Date, new Hours(infusion.Hours.From, infusion.Hours.From + 120), Use.Supervision), clinic.Bookings);
    }

    [Fact]
    public void The_working_patient_is_read_as_it_says()
    {
        var patient = Repository.Patient("patient-worker.yaml");

        Assert.Equal(40, patient.TravelMinutes);
        Assert.Equal("07:00 to 13:30", string.Join(", ", patient.FreeOn(new LocalDate(2026, 12, 1))));
        Assert.Empty(patient.FreeOn(new LocalDate(2026, 12, 31)));
        var times = Assert.IsType<Preference.Times>(patient.Preferences[0]);
        Assert.Equal((2, new Hours(480, 720)), (times.Weight, times.Hours));
        Assert.Equal("infusion", Assert.Single(times.VisitTypes));
        Assert.Equal((3, Sex.Female), (patient.Preferences[1].Weight, Assert.IsType<Preference.OfSex>(patient.Preferences[1]).Sex));
    }
}
