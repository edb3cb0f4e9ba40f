# Who has eaten is held, and placed again inside the rules.
protocol: infusions
story:
plan from 2027-01-04
all is booked
rating and infusion[1] take place
infusion[2] is held for fasting
plan from 2027-01-08
> plan Mon 2027-01-04 09:00 rating[1]
> plan Mon 2027-01-04 09:30 infusion[1]
> plan Wed 2027-01-06 08:00 infusion[2]
> plan Fri 2027-01-08 08:00 infusion[3]
> plan Mon 2027-01-11 08:00 infusion[4]
> plan Mon 2027-01-18 08:00 check[1]
> booked: infusion[3], infusion[4], check[1]
> completed: rating[1], infusion[1]
> held: infusion[2]
> plan Mon 2027-01-04 09:00 rating[1], stays
> plan Mon 2027-01-04 09:30 infusion[1], stays
> plan Fri 2027-01-08 08:00 infusion[2]
> plan Mon 2027-01-11 08:00 infusion[3]
> plan Wed 2027-01-13 08:00 infusion[4]
> plan Tue 2027-01-19 08:00 check[1]
