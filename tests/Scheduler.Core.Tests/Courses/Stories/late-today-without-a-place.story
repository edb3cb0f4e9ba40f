# Where it does not fit that day, the visit is held over.
protocol: infusions
events:
  late:
    when late: infusion
    by more than: 15 min
    then: 'today if it still fits, else hold'
story:
plan from 2027-01-04
all is booked
rating takes place
infusion[1] has its patient, 470 min late
plan from 2027-01-04
infusion[1] finds no place
plan from 2027-01-05
> plan Mon 2027-01-04 09:00 rating[1]
> plan Mon 2027-01-04 09:30 infusion[1]
> plan Wed 2027-01-06 08:00 infusion[2]
> plan Fri 2027-01-08 08:00 infusion[3]
> plan Mon 2027-01-11 08:00 infusion[4]
> plan Mon 2027-01-18 08:00 check[1]
> booked: infusion[2], infusion[3], infusion[4], check[1]
> arrived: infusion[1]
> completed: rating[1]
> asked besides: late-infusion-1, late-start-infusion-1
> no calendar: With the rest placed from 2027-01-04 on, these cannot all hold together: 'late-start-infusion-1' (infusion[1] must start at 17:20 or later); the clinic's opening hours and closures. Without any one of them they could.
> no calendar: With the rest placed from 2027-01-04 on, these cannot all hold together: 'late-start-infusion-1' (infusion[1] must start at 17:20 or later); the hours of nurse-li. Without any one of them they could.
> booked: infusion[2], infusion[3], infusion[4], check[1]
> completed: rating[1]
> held: infusion[1]
> plan Mon 2027-01-04 09:00 rating[1], stays
> plan Tue 2027-01-05 08:00 infusion[1]
> plan Thu 2027-01-07 08:00 infusion[2]
> plan Mon 2027-01-11 08:00 infusion[3]
> plan Wed 2027-01-13 08:00 infusion[4]
> plan Tue 2027-01-19 08:00 check[1]
